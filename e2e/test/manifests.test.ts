import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { Manifests } from '../manifests/manifests';

function objects(manifests: Manifests) {
  return parseAllDocuments(manifests.toYaml()).map((document) => document.toJSON());
}

describe('the manifests of a scenario', () => {
  it('are those of the example', async () => {
    const manifests = await Manifests.of('myapp', 'myapp-v1');

    expect(objects(manifests).map(({ kind }) => kind)).toEqual([
      'Deployment',
      'Service',
      'PodDisruptionBudget',
    ]);
    expect(manifests.name).toBe('myapp-deployment');
  });

  it('change only where the scenario says so', async () => {
    const manifests = await Manifests.of('myapp', 'myapp-v1');
    const [deployment, service, budget] = objects(manifests);

    const [changed, changedService, sameBudget] = objects(
      manifests.with({ replicas: 6, env: { START_DELAY: '3s' }, loadBalancerClass: 'a/b' }),
    );

    deployment.spec.replicas = 6;
    deployment.spec.template.spec.containers[0].env = [{ name: 'START_DELAY', value: '3s' }];
    service.spec.loadBalancerClass = 'a/b';
    expect([changed, changedService, sameBudget]).toEqual([deployment, service, budget]);
  });

  it('change the minimum of an autoscaler', async () => {
    const manifests = (await Manifests.of('autoscaling', 'autoscaled-v1')).with({ minReplicas: 2 });
    const autoscaler = objects(manifests).find(({ kind }) => kind === 'HorizontalPodAutoscaler');
    expect(autoscaler.spec).toMatchObject({ minReplicas: 2, maxReplicas: 8 });
  });

  it('quote strings that kubectl would read as something else', async () => {
    const manifests = (await Manifests.of('myapp', 'myapp-v1')).with({ env: { FEATURE: 'on' } });

    expect(manifests.toYaml()).toContain('value: "on"');
  });

  it('leave the example as it is', async () => {
    const manifests = await Manifests.of('myapp', 'myapp-v1');
    const before = manifests.toYaml();

    manifests.with({ replicas: 6 });

    expect(manifests.toYaml()).toBe(before);
  });

  it.each([
    [2, 2],
    [6, 3],
  ])('of %d pods roll out in %d waves', async (replicas, waves) => {
    expect((await Manifests.of('myapp', 'myapp-v1')).with({ replicas }).waves).toBe(waves);
  });

  it('of the article roll out pod by pod', async () => {
    expect((await Manifests.of('article', 'fixed-v1')).with({ replicas: 6 }).waves).toBe(6);
  });

  it('take their image from another registry', async () => {
    const manifests = (await Manifests.of('myapp', 'myapp-v1')).withImagePrefix(
      'registry.example.com/proof/',
    );
    const [deployment] = objects(manifests);
    expect(deployment.spec.template.spec.containers[0].image).toBe(
      'registry.example.com/proof/jahongirr/myapp:1',
    );
  });

  it('have all occurrences of a text replaced', async () => {
    const site = await Manifests.of('nginx-unprivileged', 'site');
    const [configMap, deployment] = objects(site.replacing('site-pages-1', 'site-pages-2'));
    expect(configMap.metadata.name).toBe('site-pages-2');
    expect(deployment.spec.template.spec.volumes).toContainEqual({
      name: 'configmap-site-pages-2',
      configMap: { name: 'site-pages-2' },
    });
  });

  it('get further objects', async () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } };
    const [first] = objects((await Manifests.of('myapp', 'myapp-v1')).plus(secret));
    expect(first).toEqual(secret);
  });
});
