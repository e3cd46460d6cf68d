import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { describe, expect, it } from 'vitest';
import { mountScript, parseHierarchies } from '../cluster/cgroups';
import { ExistingCluster } from '../cluster/existing-cluster';
import { E2E } from '../cluster/paths';
import { requireMachine, routesThatOverlap } from '../cluster/preflight';
import { CLIENT_ADDRESSES, DNS_SERVICE, NODES } from '../cluster/topology';
import { VERSIONS } from '../cluster/versions';
import { FatalError, waitFor } from '../cluster/wait';

const read = (...parts: string[]) => readFileSync(join(E2E, 'cluster', ...parts), 'utf8');

describe('versions', () => {
  it.each([
    ['kubernetes', `k8s.io/kubernetes ${VERSIONS.kubernetes}`],
    ['coredns', `github.com/coredns/coredns ${VERSIONS.coredns}`],
    ['metrics-server', `sigs.k8s.io/metrics-server ${VERSIONS.metricsServer}`],
  ])('of %s are what go.mod pins', (module, requirement) => {
    expect(read('go', module, 'go.mod')).toContain(requirement);
  });

  it('of the add-ons are in their manifests', () => {
    expect(read('addons', 'coredns.yaml')).toContain(`coredns/coredns:${VERSIONS.coredns}`);
    expect(read('addons', 'coredns.yaml')).toContain(`clusterIP: ${DNS_SERVICE}`);
    expect(read('addons', 'metrics-server.yaml')).toContain(`metrics-server:${VERSIONS.metricsServer}`);
  });
});

describe('add-ons', () => {
  it.each(['coredns', 'load-balancer', 'metrics-server'])('%s is valid YAML', (name) => {
    const documents = parseAllDocuments(read('addons', `${name}.yaml`));
    expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
    expect(documents.length).toBeGreaterThan(1);
  });
});

describe('topology', () => {
  it('has 64 client addresses that no node has', () => {
    expect(new Set(CLIENT_ADDRESSES).size).toBe(64);
    expect(CLIENT_ADDRESSES.filter((address) => NODES.some((node) => node.address === address))).toEqual([]);
  });
});

describe('preflight', () => {
  it('refuses a machine that is not Linux', () => {
    expect(() => requireMachine('darwin', 0)).toThrow('the cluster needs Linux, this is darwin.');
  });

  it('refuses a user who is not root', () => {
    expect(() => requireMachine('linux', 1000)).toThrow(
      'the cluster needs root (namespaces, mounts), this is user 1000.',
    );
  });

  it('finds a route that is in the way', () => {
    const routes = 'default via 192.168.0.1 dev eth0\n10.213.0.0/16 dev vpn0 scope link\n';
    expect(routesThatOverlap(routes)).toEqual(['10.213.0.0/16 dev vpn0 scope link']);
  });
});

describe('control groups', () => {
  const hybrid = [
    'cgroup /sys/fs/cgroup/cpu,cpuacct cgroup rw,relatime,cpu,cpuacct 0 0',
    'cgroup /sys/fs/cgroup/systemd cgroup rw,nosuid,xattr,release_agent=/lib/agent,name=systemd 0 0',
    'cgroup2 /sys/fs/cgroup/unified cgroup2 rw,nsdelegate 0 0',
    'tmpfs /run tmpfs rw 0 0',
  ].join('\n');

  it('of version 1 are found, with what they control', () => {
    expect(parseHierarchies(hybrid)).toEqual([
      { path: '/sys/fs/cgroup/cpu,cpuacct', type: 'cgroup', options: 'cpu,cpuacct' },
      { path: '/sys/fs/cgroup/systemd', type: 'cgroup', options: 'none,name=systemd' },
    ]);
  });

  it('of version 1 are mounted one by one, with links for shared ones', () => {
    const script = mountScript(parseHierarchies(hybrid));
    expect(script).toContain('mount -t cgroup -o cpu,cpuacct cgroup /sys/fs/cgroup/cpu,cpuacct');
    expect(script).toContain('ln -s /sys/fs/cgroup/cpu,cpuacct /sys/fs/cgroup/cpuacct');
  });

  it('of version 2 are one mount with a leaf for processes', () => {
    const found = parseHierarchies('cgroup2 /sys/fs/cgroup cgroup2 rw,nsdelegate,memory_recursiveprot 0 0');
    expect(found).toEqual([{ path: '/sys/fs/cgroup', type: 'cgroup2', options: '' }]);
    expect(mountScript(found)).toContain('echo $$ > /sys/fs/cgroup/init/cgroup.procs');
  });
});

describe('waitFor', () => {
  it('tells what did not happen and why', async () => {
    const check = () => Promise.reject(new Error('connection refused'));
    await expect(waitFor('etcd: ready', 0.001, check)).rejects.toThrow(
      'etcd: ready did not happen within 0.001 s: connection refused',
    );
  });

  it('stops waiting at an error that will not go away', async () => {
    const check = () => Promise.reject(new FatalError('etcd has ended'));
    await expect(waitFor('etcd: ready', 60, check)).rejects.toThrow('etcd has ended');
  });
});

describe('an existing cluster', () => {
  const cluster = new ExistingCluster('/nowhere');

  it('says what it cannot do and why', () => {
    expect(cluster.can('stop-etcd')).toBe(false);
    expect(cluster.reasonAgainst('stop-etcd')).toBe(
      'stop-etcd: not possible on the existing cluster of KUBECONFIG, only its API is used',
    );
  });

  it('needs a registry for the test images', () => {
    expect(cluster.reasonAgainst('test-images')).toBe(
      'test-images: its nodes do not have them. Add --registry with a registry that they can pull from and this machine can push to',
    );
    const withRegistry = new ExistingCluster('/nowhere', 'registry.example.com/proof');
    expect(withRegistry.can('test-images')).toBe(true);
    expect(withRegistry.imagePrefix).toBe('registry.example.com/proof/');
  });

  it('refuses to do it', async () => {
    await expect(cluster.restartKubelet()).rejects.toThrow('restart-kubelet: not possible');
  });
});
