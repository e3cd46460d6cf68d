import { describe, expect, it } from 'vitest';
import { autoscaler, budget, checkObjects, deployment, ingress, object, service } from './objects.js';

const shop = { namespace: 'shop' };
const problems = (...objects: object[]) =>
  checkObjects(...objects).problems.map(({ file, line, message }) => `${file}:${line} ${message}`);

describe('an object without a namespace', () => {
  it.each([
    ['Service', service()],
    ['PodDisruptionBudget', budget()],
    ['HorizontalPodAutoscaler', autoscaler()],
  ])('%s, whose pods have one', (kind, from) => {
    expect(problems(deployment(shop), from)).toEqual([
      `a.json:3 this ${kind} has no namespace, and Deployment shop/web in a.json:1 belongs to it; write metadata.namespace: shop`,
    ]);
  });

  it('Ingress, whose Service has one', () => {
    expect(problems(service({}, shop), ingress('web', { number: 80 }))).toEqual([
      'a.json:3 this Ingress has no namespace, and Service shop/web in a.json:1 belongs to it; write metadata.namespace: shop',
    ]);
  });

  it('Deployment, whose Service and budget have one: once', () => {
    expect(problems(deployment(), service({}, shop), budget({}, shop))).toEqual([
      'a.json:1 this Deployment has no namespace, and PodDisruptionBudget shop/web in a.json:5 belongs to it; write metadata.namespace: shop',
    ]);
  });

  it.each([
    ['beside others without one', [deployment(), service(), budget()]],
    ['beside one of its own', [deployment(), service(), deployment(shop), service({}, shop)]],
    ['that belongs to nothing', [deployment(shop), service({ selector: { app: 'api' } })]],
    ['that means all pods', [deployment(shop), budget({ selector: {} })]],
    ['of a kind without namespaces', [deployment(shop), object('v1', 'Namespace', {}, { name: 'shop' })]],
    [
      'beside a role elsewhere',
      [
        deployment(),
        service(),
        object('rbac.authorization.k8s.io/v1', 'RoleBinding', {}, { namespace: 'kube-system' }),
      ],
    ],
  ])('%s is fine', (_what, objects) => {
    expect(problems(...objects)).toEqual([]);
  });
});
