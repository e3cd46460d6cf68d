import type { ProxyMode } from '../cluster/cluster';
import { PROXIED, ROUTED } from '../loadbalancer/service';
import type { Change } from '../manifests/manifests';
import type { Scenario } from '../proof/scenario';
import { quickMyapp } from './services';

type Way = Required<Pick<Change, 'loadBalancerClass' | 'externalTrafficPolicy' | 'replicas'>>;

/** The proxied load balancer checks its targets every second; 3 equal results in a row decide. */
const HEALTH_CHECKS = { 'zero-downtime.test/health-interval': '1s' };

/** A rollout through a load balancer of the kind that the clouds have. */
export const proxiedRollout = rolloutVia('iptables', {
  loadBalancerClass: PROXIED,
  externalTrafficPolicy: 'Cluster',
  replicas: 2,
});

/** A rollout for each way in which traffic can reach the pods. */
export const waysOfTraffic: Scenario[] = (['iptables', 'nftables'] as const).flatMap((proxyMode) =>
  [ROUTED, PROXIED].flatMap((loadBalancerClass) =>
    (['Cluster', 'Local'] as const).flatMap((externalTrafficPolicy) =>
      [2, 6].map((replicas) => rolloutVia(proxyMode, { loadBalancerClass, externalTrafficPolicy, replicas })),
    ),
  ),
);

function rolloutVia(proxyMode: ProxyMode, way: Way): Scenario {
  const { loadBalancerClass, externalTrafficPolicy, replicas } = way;
  const balancer = loadBalancerClass.split('/')[1];
  const change: Change = { ...way, serviceAnnotations: HEALTH_CHECKS };
  // With fewer pods than nodes a node loses its last pod, and equal-cost routes then send its open connections elsewhere.
  const nodesLeave = loadBalancerClass === ROUTED && externalTrafficPolicy === 'Local' && replicas === 2;
  // The kernel may miss a connection while kube-proxy replaces a verdict map: ../without-cluster/nftables-race/run.sh.
  const missesSome = proxyMode === 'nftables';
  return {
    id: `rollout-${balancer}-${externalTrafficPolicy.toLowerCase()}-${replicas}-pods-${proxyMode}`,
    name: `rollout 1 to 2: ${replicas} pods, ${balancer} load balancer, externalTrafficPolicy ${externalTrafficPolicy}, kube-proxy ${proxyMode}`,
    kind: nodesLeave || missesSome ? 'limit' : 'ours',
    needs: ['switch-proxy-mode', 'load-balancer-classes'],
    proxyMode,
    given: () => quickMyapp(1, change),
    when: async (world) => world.rollOut(await quickMyapp(2, change), 'version 2'),
  };
}
