import { writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { runPath } from './paths';
import type { Authority } from './pki';
import { API_SERVER } from './topology';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Issues a client certificate and writes a kubeconfig around it; returns the file. */
export async function writeKubeconfig(
  authority: Authority,
  user: string,
  group?: string,
  file = runPath('pki', `${user.replaceAll(':', '-')}.kubeconfig`),
): Promise<string> {
  const { cert, key } = await authority.issue(user.replaceAll(':', '-'), { user, group });
  writeFileSync(file, kubeconfig(API_SERVER, user, { ca: authority.pem, cert, key }), { mode: 0o600 });
  return file;
}

/** A kubeconfig for one user of one API server. */
export function kubeconfig(
  server: string,
  user: string,
  { ca, cert, key }: { readonly ca: string; readonly cert: string; readonly key: string },
): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster: { server, 'certificate-authority-data': base64(ca) } }],
    users: [
      { name: user, user: { 'client-certificate-data': base64(cert), 'client-key-data': base64(key) } },
    ],
    contexts: [{ name: 'test', context: { cluster: 'test', user } }],
    'current-context': 'test',
  });
}
