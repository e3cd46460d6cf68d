import { Manifests } from '../manifests/manifests';
import type { Scenario } from '../proof/scenario';

/** A Node.js server with an autoscaler, ConfigMap and Secret gets a new version. */
export const nodeServer: Scenario = {
  id: 'node-server',
  name: 'rollout 1 to 2 of a Node.js server',
  kind: 'ours',
  given: () => nodeWeb('1'),
  when: async (world) => world.rollOut(await nodeWeb('2'), 'version 2'),
};

async function nodeWeb(tag: string): Promise<Manifests> {
  const example = await Manifests.of('node-web', 'node-web');
  return example.with({ image: `node-web:${tag}`, env: { PORT: '8080' }, serviceType: 'LoadBalancer' }).plus({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'web-database' },
    stringData: { url: 'postgres://database.example.com/shop' },
  });
}
