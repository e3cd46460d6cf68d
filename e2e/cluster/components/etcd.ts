import { ok } from '../http';
import { runPath } from '../paths';
import type { ProcessSpec } from '../process';
import { CONTROL } from '../topology';
import type { ControlContext } from './context';

/** The store of the API server. */
export function etcd({ machine }: ControlContext): ProcessSpec {
  const client = 'http://127.0.0.1:2379';
  const health = `http://${CONTROL.address}:2381`;
  return {
    machine,
    command: [
      ...etcdCommand(runPath('etcd'), client, 'http://127.0.0.1:2380'),
      `--listen-metrics-urls=${health}`,
    ],
    ready: () => ok(`${health}/health`),
    hint: 'see the log; a full disk and another etcd in the namespace are the usual reasons',
  };
}

/** The command of a single etcd, with its data in a folder. */
export function etcdCommand(data: string, client: string, peer: string): string[] {
  return [
    'etcd',
    `--data-dir=${data}`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    // A test cluster that loses its disk is started anew, so writes need not wait for the disk.
    '--unsafe-no-fsync',
  ];
}
