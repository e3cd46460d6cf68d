import type { Scenario } from '../proof/scenario';
import { type Change, Manifests } from '../manifests/manifests';

/** A Node.js service that the load makes grow, with a release in the middle. */
export const autoscaling: Scenario = {
  name: 'autoscaler grows under load, with a rollout in the middle',
  kind: 'ours',
  given: () => nodeWeb('1'),
  when: async (world) => {
    await world.kubectl('wait', 'hpa/web', '--for=jsonpath={.status.desiredReplicas}=4', '--timeout=180s');
    await world.rollOut(await nodeWeb('2'), 'version 2');
  },
};

async function nodeWeb(tag: string): Promise<Manifests> {
  const change: Change = { image: `node-web:${tag}`, serviceType: 'LoadBalancer' };
  return (await Manifests.of('node-web', 'node-web')).with(change);
}
