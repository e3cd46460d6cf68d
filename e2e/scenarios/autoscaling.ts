import { waitFor } from '../cluster/wait';
import { type Change, Manifests } from '../manifests/manifests';
import type { Scenario } from '../proof/scenario';

/** As few as the example's autoscaler allows. */
const FEWEST_PODS = 3;
const GROWTH_SECONDS = 180;

/** A Node.js service that the load makes grow, with a release in the middle. */
export const autoscaling: Scenario = {
  name: 'autoscaler grows under load, with a rollout in the middle',
  kind: 'ours',
  given: () => nodeWeb('1'),
  when: async (world) => {
    await waitFor(`more than ${FEWEST_PODS} pods`, GROWTH_SECONDS * 1000, async () => {
      const pods = await world.kubectl('get', 'hpa/web', '--output=jsonpath={.status.desiredReplicas}');
      return Number(pods) > FEWEST_PODS;
    });
    await world.rollOut(await nodeWeb('2'), 'version 2');
  },
};

async function nodeWeb(tag: string): Promise<Manifests> {
  const change: Change = {
    image: `node-web:${tag}`,
    env: { PORT: '8080' },
    serviceType: 'LoadBalancer',
    // So little that the load of the proof makes it grow.
    cpuRequest: '100m',
  };
  return (await Manifests.of('node-web', 'node-web')).with(change).plus({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'web-database' },
    stringData: { url: 'postgres://database.example.com/shop' },
  });
}
