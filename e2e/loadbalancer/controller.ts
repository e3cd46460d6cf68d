import { CoreV1Api, makeInformer, PatchStrategy, setHeaderOptions } from '@kubernetes/client-node';
import type {
  Informer,
  KubernetesListObject,
  KubernetesObject,
  ObjectCache,
  V1Service,
  KubeConfig,
} from '@kubernetes/client-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { HealthChecks } from './health';
import { assignAddresses } from './pool';
import { ProxiedBalancer } from './proxied';
import { desiredRoutes, Router } from './routes';
import { type BalancedService, balancedServices, keyOf, PROXIED, ROUTED, targets } from './service';

const TICK_MS = 500;
const RETRY_MS = 1000;

type Watched<T extends KubernetesObject> = Informer<T> & ObjectCache<T>;

/** Where the controller works. */
export interface Places {
  clientNamespace: string;
  balancerNamespace: string;
  routedPool: string;
  /** A routed Service gets an address of these only if it asks for that address. */
  requestablePools: readonly string[];
  proxiedPool: string;
  /** The source addresses from which the proxying load balancer connects to the nodes. */
  balancerAddresses: readonly string[];
  folder: string;
}

/** Serves Services of type LoadBalancer; see README.md. */
export class Controller {
  private readonly api: CoreV1Api;
  private readonly router: Router;
  private readonly proxied: ProxiedBalancer;
  private readonly checks = new HealthChecks();
  private wake: () => void = () => {};

  constructor(
    private readonly kubeConfig: KubeConfig,
    private readonly places: Places,
  ) {
    this.api = kubeConfig.makeApiClient(CoreV1Api);
    this.router = new Router(places.clientNamespace);
    this.proxied = new ProxiedBalancer(places.balancerNamespace, places.balancerAddresses, places.folder);
  }

  /** Runs until the process ends; calls `onReady` once all Services have been handled. */
  async run(onReady: () => void): Promise<never> {
    await this.router.start();
    const services = await this.watch('/api/v1/services', () => this.api.listServiceForAllNamespaces());
    const nodes = await this.watch('/api/v1/nodes', () => this.api.listNode());
    for (let ready = false; ;) {
      try {
        await this.reconcile(services, balancedServices(services.list()), targets(nodes.list()));
        if (!ready) {
          onReady();
        }
        ready = true;
      } catch (error) {
        log(`will try again: ${(error as Error).message}`);
      }
      await Promise.race([sleep(TICK_MS), new Promise<void>((resolve) => (this.wake = resolve))]);
    }
  }

  private async reconcile(
    cache: ObjectCache<V1Service>,
    services: BalancedService[],
    nodes: ReturnType<typeof targets>,
  ): Promise<void> {
    const ofClass = (name: string) => services.filter(({ loadBalancerClass }) => loadBalancerClass === name);
    const [routed, proxied] = [ofClass(ROUTED), ofClass(PROXIED)];
    const requestable = this.places.requestablePools.map(prefix);
    const routedAddresses = assignAddresses(routed, prefix(this.places.routedPool), requestable);
    const proxiedAddresses = assignAddresses(proxied, prefix(this.places.proxiedPool));
    await this.checks.run(routed, nodes);
    const routes = desiredRoutes(routed, routedAddresses, nodes, this.checks.isHealthy);
    const changes = [
      ...(await this.router.apply(routes)),
      ...(await this.proxied.apply(proxied, proxiedAddresses, nodes)),
    ];
    changes.forEach(log);
    for (const service of routed) {
      await this.publish(cache, service, routedAddresses.get(keyOf(service)), 'VIP');
    }
    for (const service of proxied) {
      await this.publish(cache, service, proxiedAddresses.get(keyOf(service)), 'Proxy');
    }
  }

  private async publish(
    cache: ObjectCache<V1Service>,
    service: BalancedService,
    ip: string | undefined,
    ipMode: string,
  ): Promise<void> {
    const { name, namespace } = service;
    if (ip === service.address || !cache.get(name, namespace)) {
      return;
    }
    const body = { status: { loadBalancer: { ingress: ip === undefined ? null : [{ ip, ipMode }] } } };
    const mergePatch = setHeaderOptions('Content-Type', PatchStrategy.MergePatch);
    await this.api.patchNamespacedServiceStatus({ name, namespace, body }, mergePatch);
    log(`${keyOf(service)} has ${ip === undefined ? 'no address' : `the address ${ip}`}`);
  }

  private async watch<T extends KubernetesObject>(
    path: string,
    list: () => Promise<KubernetesListObject<T>>,
  ): Promise<Watched<T>> {
    const informer = makeInformer<T>(this.kubeConfig, path, list);
    for (const event of ['add', 'update', 'delete'] as const) {
      informer.on(event, () => this.wake());
    }
    informer.on('error', (error) => {
      log(`watch of ${path}: ${error?.message ?? error}`);
      setTimeout(() => void informer.start().catch(() => {}), RETRY_MS);
    });
    await informer.start();
    return informer;
  }
}

/** `10.216.0.` of `10.216.0.0/24`. */
function prefix(pool: string): string {
  return pool.slice(0, pool.lastIndexOf('.') + 1);
}

function log(line: string): void {
  console.log(`${new Date().toISOString()} ${line}`);
}
