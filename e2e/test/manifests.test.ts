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

  it('leave the example as it is', async () => {
    const manifests = await Manifests.of('myapp', 'myapp-v1');
    const before = manifests.toYaml();

    manifests.with({ replicas: 6 });

    expect(manifests.toYaml()).toBe(before);
  });
});
