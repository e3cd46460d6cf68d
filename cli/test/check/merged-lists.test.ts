import { describe, expect, it } from 'vitest';
import { check } from '../../src/check/check.js';
import { broken as brokenNow, container, deployment as complete } from './objects.js';
import { type Body, deployment, service, written } from './upgrade-manifests.js';

const RULE = 'merge-loses-entry';
const said = (from: readonly Body[], to: readonly Body[]) =>
  check(written(to), written(from))
    .findings.filter(({ rule }) => rule === RULE)
    .map(({ path, what }) => `${path.replace(/\[\d+\]$/, '')}: ${what}`);

type Step = [string, readonly Body[], readonly Body[], readonly string[]];

// What a merge makes of each was tried with kubectl 1.34.
describe('variables of one name', () => {
  const pods = (env?: readonly Body[]) => [
    deployment('web', {}, { containers: [{ name: 'main', image: 'web:1', env }] }),
  ];
  const mode = (value: string) => ({ name: 'MODE', value });
  const other = { name: 'LANGUAGE', value: 'en' };
  const path = 'spec.template.spec.containers[0].env: in container main, variable MODE';

  it.each<Step>([
    ['stay', [mode('a'), other, mode('a')], [mode('a'), other, mode('a')], []],
    ['all go', [mode('a'), other, mode('a')], [other], []],
    [
      'with one of them all go',
      [mode('a'), other, mode('a')],
      [mode('a'), other],
      ['was there twice, and with one of them all go'],
    ],
    [
      'even if the other one changes',
      [mode('a'), mode('b'), mode('c')],
      [mode('b')],
      ['was there 3 times, and with one of them all go'],
    ],
    [
      'one more is not added',
      [mode('a'), other],
      [mode('a'), other, mode('b')],
      ['is there twice, and only one of them arrives'],
    ],
    ['nor are two', [other], [other, mode('a'), mode('b')], ['is there twice, and only one of them arrives']],
    ['that say the same', [other], [other, mode('a'), mode('a')], []],
    ['the first may change', [mode('a'), mode('b')], [mode('c'), mode('b')], []],
    [
      'and the second not',
      [mode('a'), mode('b')],
      [mode('a'), mode('c')],
      ['is there twice, and the first one gets the change of another'],
    ],
    ['of a list that is new', [], [mode('a'), mode('b')], []],
    ['one changes', [mode('a')], [mode('b')], []],
  ])('%s', (_what, from, to, expected) => {
    expect(said(pods(from), pods(to))).toEqual(expected.map((one) => `${path} ${one}`));
  });

  it('in a container that is new are all there', () => {
    expect(said([deployment('web', {}, { containers: [] })], pods([mode('a'), mode('b')]))).toEqual([]);
  });

  it('are told once', () => {
    const [one, two] = [pods([other, mode('a')]), pods([other, mode('a'), mode('b')])];
    const { findings } = check(written(two), written(one));
    expect(findings.filter(({ path }) => path.includes('env')).map(({ rule, path }) => [rule, path])).toEqual(
      [[RULE, 'spec.template.spec.containers[0].env[2]']],
    );
  });

  it('are told before somebody removes one', () => {
    const of = (...env: readonly object[]) =>
      brokenNow(complete({ pod: { containers: [{ ...container, env }] } }));
    expect(of(mode('a'), other, mode('a'))).toEqual(['variable-twice']);
    expect(of(mode('a'), other)).toEqual([]);
  });
});

describe('ports of one number', () => {
  const ports = (...all: readonly Body[]) => [service({ ports: all })];
  const udp = { name: 'dns', port: 53, protocol: 'UDP', targetPort: 5353 };
  const tcp = { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 5353 };
  const other = { name: 'metrics', port: 9153 };

  it.each<Step>([
    ['one becomes the other', [udp], [tcp], []],
    ['stay beside one that is new', [udp, tcp], [udp, tcp, other], []],
    ['go together', [udp, tcp, other], [other], []],
    ['one more is not added', [udp], [udp, tcp], ['is there twice, and only one of them arrives']],
    ['nor are two', [other], [other, udp, tcp], ['is there twice, and only one of them arrives']],
    [
      'with one of them both go',
      [other, udp, tcp],
      [other, tcp],
      ['was there twice, and with one of them all go'],
    ],
    ['but for one without a protocol', [other, udp, tcp], [other, { ...tcp, protocol: undefined }], []],
    [
      'both change',
      [udp, tcp],
      [
        { ...udp, targetPort: 53 },
        { ...tcp, targetPort: 53 },
      ],
      ['is there twice, and the first one gets the change of another'],
    ],
    [
      'change places',
      [udp, tcp],
      [tcp, udp],
      ['is there twice, and the first one gets the change of another'],
    ],
  ])('of a Service %s', (_what, from, to, expected) => {
    expect(said(ports(...from), ports(...to))).toEqual(expected.map((one) => `spec.ports: port 53 ${one}`));
  });

  it('of a container', () => {
    const pods = (...all: readonly Body[]) => [
      deployment('web', {}, { containers: [{ name: 'main', image: 'web:1', ports: all }] }),
    ];
    const http = { name: 'https', containerPort: 443 };
    const quic = { name: 'quic', containerPort: 443, protocol: 'UDP' };
    expect(said(pods(http), pods(http, quic))).toEqual([
      'spec.template.spec.containers[0].ports: in container main, containerPort 443 is there twice, and only one of them arrives',
    ]);
    expect(said(pods(http, quic), pods(http))).toEqual([]);
  });
});

describe('other lists of a pod', () => {
  const pods = (pod: Body) => [deployment('web', {}, pod)];

  it('aliases of one address', () => {
    const alias = (name: string) => ({ ip: '192.0.2.1', hostnames: [name] });
    expect(
      said(pods({ hostAliases: [alias('a'), alias('b')] }), pods({ hostAliases: [alias('a')] })),
    ).toEqual([
      'spec.template.spec.hostAliases: host alias 192.0.2.1 was there twice, and with one of them all go',
    ]);
  });

  it('spreads over the same nodes', () => {
    const spread = (whenUnsatisfiable: string) => ({ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable });
    const [hard, soft] = ['DoNotSchedule', 'ScheduleAnyway'].map(spread);
    expect(
      said(pods({ topologySpreadConstraints: [hard] }), pods({ topologySpreadConstraints: [hard, soft] })),
    ).toEqual([
      'spec.template.spec.topologySpreadConstraints: spread over zone is there twice, and only one of them arrives',
    ]);
  });
});
