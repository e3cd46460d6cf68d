import { describe, test } from 'vitest';
import { expectRefused, type Props } from '../helpers';

const props = (value: object) => value as Props;

describe('a value of a wrong type is shown as what it is', () => {
  test.each([
    [5n, '5'],
    [Symbol('five'), 'Symbol(five)'],
    [NaN, 'NaN'],
    [Infinity, 'Infinity'],
    [() => 5, 'a function'],
    [[5], 'a list'],
    [new Map(), 'a value of type Map'],
  ])('%o', (value, shown) => {
    expectRefused(
      props({ image: value }),
      `image = ${shown}: it has to be a text. Write for example 'registry.example.com/team/app:1.4.2'.`,
    );
  });
});

describe('a text in place of what a function makes', () => {
  test.each([
    ['Ingress', 'ingress'],
    ['nodePort', 'nodePort'],
    ['KUBEVIP', 'kubeVip'],
    // These need options.
    ['awsNlb', 'clusterIp'],
    ['HttpRoute', 'clusterIp'],
    ['nothing', 'clusterIp'],
  ])('is refused with what it probably means: exposure %s', (exposure, method) => {
    expectRefused(
      props({ exposure }),
      `exposure = "${exposure}": it has to be an Exposure. Write for example Exposure.${method}().`,
    );
  });

  test.each([
    ['linkerd', 'linkerd'],
    ['istio', 'istio'],
    ['consul', 'istio'],
  ])('is refused with what it probably means: mesh %s', (mesh, method) => {
    expectRefused(
      props({ mesh }),
      `mesh = "${mesh}": it has to be a Mesh. Write for example Mesh.${method}().`,
    );
  });
});
