import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Authority } from '../cluster/pki';
import { FULL_LOAD } from '../load/profile';
import type { Scenario } from '../proof/scenario';
import { https } from './services';

/** A rollout of pods with other features of the construct. TLS handshakes cost the client more, so the rate is lower. */
export const httpsRollout: Scenario = {
  id: 'https',
  name: 'HTTPS on the pod, a migration, a sidecar and a NetworkPolicy: rollout 1 to 2',
  kind: 'ours',
  load: { rate: 200, request: [...FULL_LOAD.request, '--insecure'] },
  given: async () => https(1, await certificate()),
  when: async (world) => world.rollOut(await https(2, await certificate()), 'version 2'),
};

/** The Secret with the certificate of the pods. It is another one each time; running pods do not load it again. */
async function certificate(): Promise<object> {
  const folder = mkdtempSync(join(tmpdir(), 'zero-downtime-certificate-'));
  try {
    const { cert, key } = await (await Authority.create(folder)).issue('myapp', { user: 'myapp' });
    return {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'myapp-tls' },
      type: 'kubernetes.io/tls',
      stringData: { 'tls.crt': cert, 'tls.key': key },
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
