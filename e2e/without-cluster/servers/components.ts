import { join } from 'node:path';
import { etcdCommand } from '../../cluster/components/etcd';
import { ok } from '../../cluster/http';
import type { Host, ProcessSpec } from '../../cluster/process';
import { DIES_WITH_PARENT } from '../../cluster/shell';

/** This machine itself. What runs on it ends with the process that started it, even if that is killed. */
const THIS_MACHINE: Host = { enter: (command) => [...DIES_WITH_PARENT, ...command] };

/**
 * The first of the node ports, and how many from there on an API server gives to nobody who does not ask for them. Source:
 * https://kubernetes.io/docs/concepts/services-networking/service/#avoid-nodeport-collisions
 */
export const ASKED_NODE_PORTS = { first: 10_000, count: 128 };

/** The store of all API servers. */
export function etcd(data: string, port: number, peerPort: number): ProcessSpec {
  const client = `http://127.0.0.1:${port}`;
  return {
    machine: THIS_MACHINE,
    command: etcdCommand(data, client, `http://127.0.0.1:${peerPort}`),
    ready: () => ok(`${client}/health`),
    hint: 'see the log; a full disk is the usual reason',
  };
}

/** What makes one API server different from the others. */
export interface ApiServerOptions {
  binary: string;
  version: string;
  port: number;
  etcdPort: number;
  /** Folder of the certificates. */
  pki: string;
}

/** An API server with its defaults: validation, Pod Security admission, RBAC. No controllers, no nodes. */
export function kubeApiserver({ binary, version, port, etcdPort, pki }: ApiServerOptions): ProcessSpec {
  const file = (name: string) => join(pki, name);
  return {
    machine: THIS_MACHINE,
    command: [
      binary,
      '--bind-address=127.0.0.1',
      `--secure-port=${port}`,
      // The endpoint of the Service `kubernetes`. It must not be a loopback address; nothing connects to it.
      '--advertise-address=192.0.2.1',
      '--endpoint-reconciler-type=none',
      `--etcd-servers=http://127.0.0.1:${etcdPort}`,
      `--etcd-prefix=/${version}`,
      '--authorization-mode=RBAC',
      '--service-cluster-ip-range=10.96.0.0/16',
      // Enough for every Service that the tests keep.
      `--service-node-port-range=${ASKED_NODE_PORTS.first}-60000`,
      `--client-ca-file=${file('ca.crt')}`,
      `--tls-cert-file=${file('kube-apiserver.crt')}`,
      `--tls-private-key-file=${file('kube-apiserver.key')}`,
      '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
      `--service-account-key-file=${file('service-accounts.pub')}`,
      `--service-account-signing-key-file=${file('service-accounts.key')}`,
    ],
    ready: () => ok(`https://127.0.0.1:${port}/readyz`),
    hint: 'see the log; it needs etcd to be up',
  };
}
