import { describe, expect, it } from 'vitest';
import { type StatsSummary, sumCpu } from '../bench/cpu';
import { renderDrainProxyPage } from '../bench/drain-proxy-page';
import type { Sample } from '../bench/measure-drain-proxy';

const SINCE = new Date('2026-11-24T10:00:00Z');

function summary(...pods: [string, Record<string, number>][]): StatsSummary {
  return {
    pods: pods.map(([name, containers]) => ({
      podRef: { name, namespace: 'bench' },
      containers: Object.entries(containers).map(([container, seconds]) => ({
        name: container,
        cpu: { time: '2026-11-24T10:00:01Z', usageCoreNanoSeconds: seconds * 1e9 },
      })),
    })),
  };
}

describe("the count of the pods' CPU", () => {
  it('adds the containers of the pods on all nodes, and tells the part of the proxies', () => {
    const nodes = [
      summary(['a', { web: 5, 'drain-proxy': 2 }], ['old', { web: 100 }]),
      summary(['b', { web: 7, 'drain-proxy': 3 }]),
    ];
    expect(sumCpu(nodes, 'bench', ['a', 'b'], SINCE)).toEqual({ all: 17, proxy: 5 });
  });

  it('leaves out other namespaces', () => {
    const nodes = [summary(['a', { web: 5 }])];
    expect(sumCpu(nodes, 'other', ['a'], SINCE)).toBe(undefined);
  });

  it.each([
    ['a pod is missing', ['a', 'b'], SINCE],
    ['a container was counted before', ['a'], new Date('2026-11-24T10:00:02Z')],
  ])('is not there yet while %s', (_, names, since) => {
    expect(sumCpu([summary(['a', { web: 5 }])], 'bench', names, since)).toBe(undefined);
  });

  it('is not there yet while a container has no figure', () => {
    const starting: StatsSummary = {
      pods: [{ podRef: { name: 'a', namespace: 'bench' }, containers: [{ name: 'web' }] }],
    };
    expect(sumCpu([starting], 'bench', ['a'], SINCE)).toBe(undefined);
  });
});

describe('the page of the drain proxy', () => {
  const sample: Sample = {
    newP50: 1,
    newP99: 2,
    keptP50: 1,
    keptP99: 2,
    getThroughput: 15_000,
    getCpu: 25,
    getProxyCpu: 0,
    postThroughput: 14_000,
    postCpu: 26,
    postProxyCpu: 0,
    terminationSeconds: 16,
  };
  const page = renderDrainProxyPage({
    environment: {
      date: '2026-11-24',
      commit: '1234567',
      cpu: 'some processor',
      cores: 2,
      memoryGibibytes: 24,
      system: 'linux x64',
      loadBefore: 0,
      versions: {},
    },
    rounds: 1,
    load: { rate: 300, connections: 50 },
    workers: 32,
    samples: {
      without: [sample],
      with: [
        {
          ...sample,
          getThroughput: 9750,
          getCpu: 60,
          getProxyCpu: 32,
          postThroughput: 4200,
          postCpu: 130,
          postProxyCpu: 70,
        },
      ],
    },
    proxyMebibytes: 5,
  });

  it('has the throughput of GET and of POST', () => {
    expect(page).toContain('| GET, full machine, requests/s | 15000 | 9750 | 0.65 |');
    expect(page).toContain('| POST, full machine, requests/s | 14000 | 4200 | 0.30 |');
  });

  it("has the CPU for each request, and the proxy's part, which has no ratio without a proxy", () => {
    expect(page).toContain('| CPU for each, µs | 25 | 60 | 2.40 |\n| of it the proxy, µs | 0 | 32 |  |');
    expect(page).toContain('| CPU for each, µs | 26 | 130 | 5.00 |\n| of it the proxy, µs | 0 | 70 |  |');
  });
});
