import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Authority } from '../../cluster/pki';
import { installPackages } from '../../cluster/preflight';
import { Process, type ProcessSpec, type Running } from '../../cluster/process';
import type { Progress } from '../../cluster/progress';
import type { RunningProcess } from '../../cluster/state';
import { DEBIAN_PACKAGES } from '../../cluster/versions';
import { waitFor } from '../../cluster/wait';
import { WITHOUT_CLUSTER_TIMEOUTS } from '../../timeouts';
import { type Access, ApiServer } from './api-server';
import { buildApiServer } from './build';
import { etcd, kubeApiserver } from './components';
import { customResourceDefinitions, customResources } from './custom-resources';
import { freePorts } from './ports';
import { API_SERVERS } from './versions';

/** The namespace of random objects and of the rules', which warns of what the Pod Security Standard `restricted` does not allow. */
export const NAMESPACE = 'tried';

/** One etcd and an API server of each version, on this machine. They end with the process that started them. */
export class Servers {
  private readonly folder = mkdtempSync(join(tmpdir(), 'zero-downtime-servers-'));
  private readonly running = new Map<string, RunningProcess>();
  private readonly processes: Process[] = [];
  private stopping = false;

  /** Builds what is not built yet, starts all and returns how to reach each API server. */
  async start(progress: Progress): Promise<Access[]> {
    await installPackages({ 'etcd-server': DEBIAN_PACKAGES['etcd-server'] }, progress);
    const binaries: string[] = [];
    for (const version of API_SERVERS) {
      binaries.push(await buildApiServer(version, progress));
    }

    const authority = await Authority.create(this.path('pki'));
    await authority.issue('kube-apiserver', { user: 'kube-apiserver', hosts: ['127.0.0.1'] });
    await authority.keyPair('service-accounts');
    const { cert, key } = await authority.issue('admin', { user: 'admin', group: 'system:masters' });

    const [etcdPort, peerPort, ...ports] = await freePorts(2 + API_SERVERS.length);
    await progress.step('etcd', () => this.run('etcd', etcd(this.path('etcd'), etcdPort, peerPort)));
    return Promise.all(
      API_SERVERS.map((version, i) => {
        const options = { binary: binaries[i], version, port: ports[i], etcdPort, pki: this.path('pki') };
        const access = { version, port: ports[i], ca: authority.pem, cert, key };
        return progress.step(`kube-apiserver ${version}`, async () => {
          await this.run(`kube-apiserver-${version}`, kubeApiserver(options));
          await prepare(new ApiServer(access));
          return access;
        });
      }),
    );
  }

  /** Stops all of them and removes their files. */
  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.processes.map((component) => component.stop('SIGKILL')));
    rmSync(this.folder, { recursive: true, force: true });
  }

  private path(part: string): string {
    return join(this.folder, part);
  }

  private async run(name: string, spec: ProcessSpec): Promise<void> {
    if (this.stopping) {
      throw new Error('interrupted');
    }
    const component = new Process(name, () => spec, this.register(), this.path('logs'));
    this.processes.push(component);
    await component.start();
  }

  private register(): Running {
    return {
      process: (name) => this.running.get(name),
      setProcess: (name, process) => this.running.set(name, process),
      forgetProcess: (name) => this.running.delete(name),
    };
  }
}

/**
 * Makes the namespace and the kinds that only examples have, and waits until Services get addresses and these kinds are
 * known, which an API server that is ready may not do yet.
 */
async function prepare(server: ApiServer): Promise<void> {
  const labels = { 'pod-security.kubernetes.io/warn': 'restricted' };
  await server.mustCreate({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE, labels } });
  for (const definition of customResourceDefinitions()) {
    await server.mustCreate(definition);
  }
  const metadata = { name: 'first' };
  const objects = [
    { apiVersion: 'v1', kind: 'Service', metadata, spec: { ports: [{ port: 80 }] } },
    ...customResources(metadata),
  ];
  for (const object of objects) {
    await waitFor(
      `kube-apiserver ${server.version}: takes a ${object.kind}`,
      WITHOUT_CLUSTER_TIMEOUTS.apiServerTakesObject,
      async () => {
        const { status } = await server.create(object, NAMESPACE, { dryRun: true });
        return status === 201;
      },
    );
  }
}
