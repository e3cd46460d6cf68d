import { mkdirSync, writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { ok } from '../http';
import { runPath } from '../paths';
import type { ProcessSpec } from '../process';
import { REGISTRY } from '../topology';
import type { ControlContext } from './context';

/** The container registry that all nodes pull from, whatever registry an image name says. */
export function registry({ machine }: ControlContext): ProcessSpec {
  const folder = runPath('registry');
  mkdirSync(folder, { recursive: true });
  const config = runPath('registry.yaml');
  writeFileSync(
    config,
    stringify({
      version: 0.1,
      log: { level: 'warn' },
      storage: { filesystem: { rootdirectory: folder }, delete: { enabled: true } },
      http: { addr: REGISTRY, secret: 'not-a-secret' },
    }),
  );
  return {
    machine,
    command: ['docker-registry', 'serve', config],
    ready: () => ok(`http://${REGISTRY}/v2/`),
    hint: 'see the log; a full disk is the usual reason',
  };
}
