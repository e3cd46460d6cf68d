import { describe, expect, it } from 'vitest';
import { IpRanges } from '../../src/check/model/services/ip-range.js';
import { quantity } from '../../src/check/model/values/quantity.js';
import {
  autoscaler,
  type Body,
  broken,
  budget,
  deployment,
  object,
  service,
  web,
} from './upgrade-manifests.js';

describe('replicas', () => {
  it.each<[string, Body, number, number, readonly string[]]>([
    ['a number', { maxUnavailable: 1 }, 4, 2, ['replicas-lowered']],
    ['a percentage, rounded up', { maxUnavailable: '40%' }, 4, 2, []],
    ['minAvailable as a percentage, rounded up', { minAvailable: '51%' }, 4, 3, []],
    ['minAvailable as a percentage, one more', { minAvailable: '51%' }, 4, 2, ['replicas-lowered']],
    ['from 0', { maxUnavailable: 1 }, 0, 3, []],
  ])('against a budget with %s', (_what, spec, before, after, rules) => {
    const pods = (replicas: number) => [deployment('web', { replicas }), service(), budget(spec)];
    expect(broken(pods(before), pods(after))).toEqual(rules);
  });

  it('of 0 with a Service are reported once', () => {
    const pods = (replicas: number) => [
      deployment('web', { replicas }),
      service(),
      budget({ maxUnavailable: 1 }),
    ];
    expect(broken(pods(3), pods(0))).toEqual(['scaled-to-zero']);
    expect(broken(pods(0), pods(0))).toEqual([]);
  });

  it('may go when no apply wrote them', () => {
    const live = (annotations: Body, uid?: string) => ({
      ...web,
      metadata: { name: 'web', annotations, ...(uid === undefined ? {} : { uid }) },
    });
    const applied = (spec: Body) => ({
      'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({ ...web, spec }),
    });
    const after = deployment('web', { replicas: undefined });
    expect(broken([web], [after])).toEqual(['replicas-removed']);
    expect(broken([live({}, 'a-b')], [after])).toEqual([]);
    expect(broken([live(applied({}), 'a-b')], [after])).toEqual([]);
    expect(broken([live(applied({ replicas: 2 }), 'a-b')], [after])).toEqual(['replicas-removed']);
  });

  it.each(['autoscaling/v1', 'autoscaling/v2'])(
    '%s: a minimum or maximum below what was there',
    (version) => {
      const other = version === 'autoscaling/v1' ? 'autoscaling/v2' : 'autoscaling/v1';
      const free = deployment('web', { replicas: undefined });
      expect(broken([free, autoscaler(other, { minReplicas: 4 })], [free, autoscaler(version, {})])).toEqual([
        'hpa-minimum-lowered',
      ]);
      const fixed = deployment('web', { replicas: 6 });
      expect(broken([fixed], [fixed, autoscaler(version, { minReplicas: 6, maxReplicas: 6 })])).toEqual([]);
      expect(broken([fixed], [fixed, autoscaler(version, { minReplicas: 2, maxReplicas: 4 })])).toEqual([
        'hpa-maximum-lowered',
        'hpa-minimum-lowered',
      ]);
    },
  );
});

describe('what the API server takes as the same', () => {
  const set = (spec: Body) => ({ ...deployment('web', spec), kind: 'StatefulSet' });
  const claim = (storage: string, spec: Body = {}, more: Body = {}) => ({
    metadata: { name: 'data' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } }, ...spec },
    ...more,
  });

  it.each<[string, Body, Body, readonly string[]]>([
    [
      'no expressions',
      { selector: { matchLabels: { app: 'web' } } },
      { selector: { matchLabels: { app: 'web' }, matchExpressions: [] } },
      [],
    ],
    ['OrderedReady', {}, { podManagementPolicy: 'OrderedReady' }, []],
    ['a name that is empty', {}, { serviceName: '' }, []],
    [
      'a claim as the cluster completes it',
      {
        volumeClaimTemplates: [
          claim(
            '1Gi',
            { volumeMode: 'Filesystem' },
            { apiVersion: 'v1', kind: 'PersistentVolumeClaim', status: { phase: 'Pending' } },
          ),
        ],
      },
      { volumeClaimTemplates: [claim('1024Mi')] },
      [],
    ],
    [
      'a larger claim',
      { volumeClaimTemplates: [claim('1Gi')] },
      { volumeClaimTemplates: [claim('2Gi')] },
      ['stateful-set-immutable'],
    ],
  ])('of a StatefulSet: %s', (_what, before, after, rules) => {
    expect(broken([set(before)], [set(after)])).toEqual(rules);
  });

  it('of a Job: what a tool deletes first', () => {
    const job = (image: string, annotations: Body = {}) =>
      object(
        'batch/v1',
        'Job',
        'migrate',
        { template: { spec: { containers: [{ name: 'main', image }] } } },
        { annotations },
      );
    expect(broken([job('a:1')], [job('a:2')])).toEqual(['job-immutable']);
    const hook = { 'helm.sh/hook': 'pre-upgrade' };
    expect(broken([job('a:1', hook)], [job('a:2', hook)])).toEqual([]);
  });
});

describe('requests', () => {
  const asks = (cpu: string) =>
    deployment('web', {}, { containers: [{ name: 'main', resources: { requests: { cpu } } }] });
  const node = (cpu: string) => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: cpu },
    status: { allocatable: { cpu } },
  });

  it('are compared with nodes that are known', () => {
    expect(broken([asks('1')], [asks('1500m')])).toEqual([]);
    expect(broken([node('1200m'), asks('1')], [node('1200m'), asks('1500m')])).toEqual(['requests-raised']);
    expect(broken([node('2'), asks('1')], [node('2'), asks('1500m')])).toEqual([]);
  });

  it.each([
    ['1500m', 1.5],
    ['1.5Gi', 1.5 * 2 ** 30],
    ['2e3', 2000],
    [2, 2],
    ['two', undefined],
    ['1Kb', undefined],
  ])('quantity %s is %s', (text, number) => {
    expect(quantity(text)).toBe(number);
  });

  it.each([
    ['10.0.0.0/8', '10.1.0.0/16', true],
    ['10.1.0.0/16', '10.0.0.0/8', false],
    ['10.0.0.0/16', '10.0.0.0/8', false],
    ['0.0.0.0/0', '192.0.2.1', true],
    ['::/0', '10.0.0.0/8', false],
    ['2001:db8::/32', '2001:db8:1::/48', true],
    ['nonsense', '10.0.0.0/8', false],
  ])('%s covers %s: %s', (range, other, yes) => {
    expect(new IpRanges([range]).cover(other)).toBe(yes);
  });
});

it('a Job may not get other completions, but where it is elastic', () => {
  const job = (spec: Body) => object('batch/v1', 'Job', 'web', { template: {}, ...spec });
  const step = (from: Body, to: Body) => broken([job(from)], [job(to)]);
  expect(step({ completions: 2 }, { completions: 3 })).toEqual(['job-immutable']);
  expect(step({ completions: 2 }, { completions: 2, parallelism: 3 })).toEqual([]);
  expect(step({}, { managedBy: 'example.com/jobs' })).toEqual(['job-immutable']);
  const elastic = (many: number) => ({ completionMode: 'Indexed', completions: many, parallelism: many });
  expect(step(elastic(2), elastic(3))).toEqual([]);
});
