import type { ProxyMode } from '../cluster/cluster';
import type { Change } from '../manifests/manifests';
import type { Scenario } from '../proof/scenario';
import { myapp, quickMyapp } from './services';

/** A rollout and the way back, as an application that starts in 20 s makes it. */
export const rollout: Scenario = {
  name: 'rollout 1 to 2 and back',
  kind: 'ours',
  given: () => myapp(1),
  when: async (world) => {
    await world.rollOut(await myapp(2), 'version 2');
    await world.rollOut(await myapp(1), 'version 1');
  },
};

/** The same in every way in which traffic can come. */
export function rolloutVia(proxyMode: ProxyMode, change: Required<RolloutChange>): Scenario {
  const { loadBalancerClass, externalTrafficPolicy, replicas } = change;
  const name = `rollout 1 to 2: ${replicas} pods, ${loadBalancerClass.split('/')[1]} load balancer, externalTrafficPolicy ${externalTrafficPolicy}, kube-proxy ${proxyMode}`;
  return {
    name,
    kind: 'ours',
    needs: ['switch-proxy-mode', 'load-balancer-classes'],
    proxyMode,
    given: () => quickMyapp(1, change),
    when: async (world) => world.rollOut(await quickMyapp(2, change), 'version 2'),
  };
}

type RolloutChange = Pick<Change, 'loadBalancerClass' | 'externalTrafficPolicy' | 'replicas'>;
