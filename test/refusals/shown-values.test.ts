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
    ['exposure', 'Ingress', 'an Exposure', 'Exposure.ingress()'],
    ['exposure', 'nodePort', 'an Exposure', 'Exposure.nodePort()'],
    ['exposure', 'KUBEVIP', 'an Exposure', 'Exposure.kubeVip()'],
    // These need options.
    ['exposure', 'awsNlb', 'an Exposure', 'Exposure.clusterIp()'],
    ['exposure', 'HttpRoute', 'an Exposure', 'Exposure.clusterIp()'],
    ['exposure', 'nothing', 'an Exposure', 'Exposure.clusterIp()'],
    ['mesh', 'linkerd', 'a Mesh', 'Mesh.linkerd()'],
    ['mesh', 'istio', 'a Mesh', 'Mesh.istio()'],
    ['mesh', 'consul', 'a Mesh', 'Mesh.istio()'],
  ])('is refused with what it probably means: %s %s', (prop, value, what, instead) => {
    expectRefused(
      props({ [prop]: value }),
      `${prop} = "${value}": it has to be ${what}. Write for example ${instead}.`,
    );
  });
});
