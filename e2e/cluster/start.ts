import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLUSTER_TIMEOUTS } from '../timeouts';
import { buildBinaries } from './build';
import type { ProxyMode } from './cluster';
import { Components, type WorkerNode } from './components';
import { buildAddonImages, buildAppImages, pushImages } from './images';
import { writeKubeconfig } from './kubeconfig';
import { LocalCluster } from './local-cluster';
import { createNetwork } from './network';
import { E2E, KUBECONFIG, runPath } from './paths';
import { Authority } from './pki';
import { preflight, prepareSysctls } from './preflight';
import type { Progress } from './progress';
import { State } from './state';
import { CONTROL, KUBERNETES_SERVICE, NODES, REGISTRY } from './topology';
import { waitFor } from './wait';

/** How to start a cluster. */
export interface StartOptions {
  proxyMode: ProxyMode;
  /** Called as soon as there is something that a failure has to remove. */
  onState: (state: State) => void;
}

/** Starts the cluster and returns it when its nodes and add-ons are ready. */
export async function start({ proxyMode, onState }: StartOptions, progress: Progress): Promise<LocalCluster> {
  await preflight(progress);
  const binaries = await buildBinaries(progress);
  const images = [
    ...(await buildAddonImages((name) => binaries[name], progress)),
    ...(await buildAppImages(progress)),
  ];
  const state = State.create(proxyMode, binaries);
  onState(state);
  prepareSysctls(state);
  const components = new Components(state);
  const cluster = new LocalCluster(state, components);

  const authority = await Authority.create(runPath('pki'));
  await Promise.all([
    progress.step('certificates', () => issueCertificates(authority)),
    progress.step('network', () => createNetwork(state)),
  ]);
  await progress.step('machines', () =>
    Promise.all(components.machines.map((machine) => machine.start(state))),
  );
  await Promise.all([
    progress.step('control plane', () => startControlPlane(components)),
    progress.step('registry and images', async () => {
      await components.registry.start();
      await pushImages(images, REGISTRY);
    }),
    ...components.nodes.map(({ containerd }) => progress.step(containerd.name, () => containerd.start())),
  ]);
  await progress.step('nodes ready', () => startNodes(components.nodes, cluster));
  await progress.step('add-ons', () => startAddons(authority, components, cluster));
  return cluster;
}

async function issueCertificates(authority: Authority): Promise<void> {
  const hosts = [
    'kubernetes',
    'kubernetes.default',
    'kubernetes.default.svc',
    KUBERNETES_SERVICE,
    CONTROL.address,
  ];
  await authority.issue('kube-apiserver', { user: 'kube-apiserver', hosts });
  await authority.issue('kubelet-client', { user: 'kube-apiserver-kubelet-client', group: 'system:masters' });
  await authority.issue('front-proxy', { user: 'front-proxy' });
  await authority.keyPair('service-accounts');
  await writeKubeconfig(authority, 'admin', 'system:masters', KUBECONFIG);
  for (const user of ['kube-controller-manager', 'kube-scheduler', 'kube-proxy']) {
    await writeKubeconfig(authority, `system:${user}`);
  }
  await writeKubeconfig(authority, 'load-balancer');
  for (const { name, address } of NODES) {
    await authority.issue(name, { user: name, hosts: [address] });
    await writeKubeconfig(authority, `system:node:${name}`, 'system:nodes');
  }
}

async function startControlPlane({
  etcd,
  apiServer,
  controllerManager,
  scheduler,
}: Components): Promise<void> {
  await etcd.start();
  await apiServer.start();
  await Promise.all([controllerManager.start(), scheduler.start()]);
}

async function startNodes(nodes: WorkerNode[], cluster: LocalCluster): Promise<void> {
  await Promise.all(nodes.flatMap(({ kubelet, kubeProxy }) => [kubelet.start(), kubeProxy.start()]));
  await waitFor('all nodes Ready', CLUSTER_TIMEOUTS.nodesReady, async () => {
    cluster.check();
    const ready = await cluster.kubectl([
      'get',
      'nodes',
      '-o',
      'jsonpath={.items[*].status.conditions[?(@.type=="Ready")].status}',
    ]);
    return ready.split(' ').filter((status) => status === 'True').length === nodes.length;
  });
}

async function startAddons(
  authority: Authority,
  components: Components,
  cluster: LocalCluster,
): Promise<void> {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const host = 'metrics-server.kube-system.svc';
  const { cert, key } = await authority.issue('metrics-server', { user: host });
  const values = { CA: base64(authority.pem), CERT: base64(cert), KEY: base64(key) };
  const files = ['coredns', 'load-balancer', 'metrics-server'].map((name) => addon(name, values));
  await cluster.apply(files.join('\n---\n'));
  await components.loadBalancer.start();
  await waitFor('add-ons ready', CLUSTER_TIMEOUTS.addonsReady, async () => {
    cluster.check();
    return (await unavailable(cluster)) === 0;
  });
}

/** How many of the add-ons, and of the APIs they serve, do not work yet. */
async function unavailable(cluster: LocalCluster): Promise<number> {
  const objects = ['deployments.apps,apiservices.apiregistration.k8s.io', '-n', 'kube-system', '-o', 'json'];
  const { items } = JSON.parse(await cluster.kubectl(['get', ...objects]));
  const works = ({ status }: { status?: { conditions?: { type: string; status: string }[] } }) =>
    status?.conditions?.some((condition) => condition.type === 'Available' && condition.status === 'True');
  return items.filter((item: object) => !works(item)).length;
}

function addon(name: string, values: Record<string, string>): string {
  const text = readFileSync(join(E2E, 'cluster', 'addons', `${name}.yaml`), 'utf8');
  return text.replace(/\$\{(\w+)\}/g, (_, key: string) => values[key]);
}
