import type { V1Node, V1Service } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { haproxyConfig } from '../loadbalancer/haproxy-config';
import { assignAddresses } from '../loadbalancer/pool';
import { adminState, Registrations } from '../loadbalancer/registrations';
import { desiredRoutes, routeChanges } from '../loadbalancer/routes';
import { serverStates } from '../loadbalancer/server-states';
import { balancedServices, PROXIED, ROUTED, targets } from '../loadbalancer/service';

const NODES = [
  { name: 'node-1', address: '10.0.0.1' },
  { name: 'node-2', address: '10.0.0.2' },
];

function service(name: string, spec: V1Service['spec'] = {}, rest: Partial<V1Service> = {}): V1Service {
  const ports = [{ port: 80, nodePort: 30080, protocol: 'TCP' }];
  return { metadata: { name, namespace: 'ns' }, spec: { type: 'LoadBalancer', ports, ...spec }, ...rest };
}

describe('balancedServices', () => {
  it('takes Services of type LoadBalancer that have no class or one of ours', () => {
    const found = balancedServices([
      service('routed'),
      service('proxied', { loadBalancerClass: PROXIED }),
      service('foreign', { loadBalancerClass: 'example.com/other' }),
      service('inside', { type: 'ClusterIP' }),
    ]);
    expect(found.map(({ name, loadBalancerClass }) => [name, loadBalancerClass])).toEqual([
      ['proxied', PROXIED],
      ['routed', ROUTED],
    ]);
  });

  it('leaves out Services that are being deleted', () => {
    const metadata = { name: 'a', namespace: 'ns', deletionTimestamp: new Date() };
    expect(balancedServices([service('a', {}, { metadata })])).toEqual([]);
  });

  it('uses healthCheckNodePort only with externalTrafficPolicy Local', () => {
    const [cluster] = balancedServices([service('a', { healthCheckNodePort: 31000 })]);
    const [local] = balancedServices([
      service('a', { healthCheckNodePort: 31000, externalTrafficPolicy: 'Local' }),
    ]);
    expect([cluster.healthCheckNodePort, local.healthCheckNodePort]).toEqual([undefined, 31000]);
  });

  it('reads the settings from annotations and falls back to the defaults', () => {
    const annotations = {
      'zero-downtime.test/health-interval': '2s',
      'zero-downtime.test/health-fall': 'many',
    };
    const [found] = balancedServices([
      service('a', {}, { metadata: { name: 'a', namespace: 'ns', annotations } }),
    ]);
    expect(found.settings).toEqual({
      healthIntervalSeconds: 2,
      fall: 3,
      rise: 3,
      deregistrationSeconds: 300,
    });
  });

  it('keeps a deregistration delay of 0', () => {
    const annotations = { 'zero-downtime.test/deregistration-delay': '0s' };
    const [found] = balancedServices([
      service('a', {}, { metadata: { name: 'a', namespace: 'ns', annotations } }),
    ]);
    expect(found.settings.deregistrationSeconds).toBe(0);
  });
});

describe('targets', () => {
  const node = (name: string, rest: Partial<V1Node> = {}): V1Node => ({
    metadata: { name },
    status: { addresses: [{ type: 'InternalIP', address: `address of ${name}` }] },
    ...rest,
  });

  it('are the nodes that are neither excluded nor leaving', () => {
    const labels = { 'node.kubernetes.io/exclude-from-external-load-balancers': '' };
    const taints = [{ key: 'ToBeDeletedByClusterAutoscaler', effect: 'NoSchedule' }];
    const found = targets([
      node('b'),
      node('excluded', { metadata: { name: 'excluded', labels } }),
      node('leaving', { spec: { taints } }),
      node('a', { spec: { unschedulable: true } }),
      { metadata: { name: 'without address' } },
    ]);
    expect(found).toEqual([
      { name: 'a', address: 'address of a' },
      { name: 'b', address: 'address of b' },
    ]);
  });
});

describe('assignAddresses', () => {
  const withAddress = (name: string, ip?: string) =>
    service(name, {}, ip ? { status: { loadBalancer: { ingress: [{ ip }] } } } : {});

  it('keeps what a Service has and gives the lowest free address to the others', () => {
    const services = balancedServices([
      withAddress('a'),
      withAddress('b', '10.1.0.1'),
      withAddress('c', '10.9.9.9'),
    ]);
    expect([...assignAddresses(services, '10.1.0.')].sort()).toEqual([
      ['ns/a', '10.1.0.2'],
      ['ns/b', '10.1.0.1'],
      ['ns/c', '10.1.0.3'],
    ]);
  });

  it('gives an address to one Service only', () => {
    const services = balancedServices([withAddress('a', '10.1.0.1'), withAddress('b', '10.1.0.1')]);
    expect(new Set(assignAddresses(services, '10.1.0.').values()).size).toBe(2);
  });

  describe('by spec.loadBalancerIP', () => {
    const asking = (name: string, loadBalancerIP: string, ip?: string) =>
      service(name, { loadBalancerIP }, { status: { loadBalancer: { ingress: ip ? [{ ip }] : [] } } });
    const assign = (...services: V1Service[]) =>
      Object.fromEntries(assignAddresses(balancedServices(services), '10.1.0.', ['192.0.2.']));

    it('gives exactly that one, from the pool or from the requestable ones', () => {
      expect(assign(asking('a', '192.0.2.10'), asking('b', '10.1.0.1'), service('c'))).toEqual({
        'ns/a': '192.0.2.10',
        'ns/b': '10.1.0.1',
        'ns/c': '10.1.0.2',
      });
    });

    it('frees the old one on a change, for a Service that asks for it', () => {
      const changed = asking('b', '192.0.2.11', '192.0.2.10');
      expect(assign(asking('a', '192.0.2.10'), changed)).toEqual({
        'ns/a': '192.0.2.10',
        'ns/b': '192.0.2.11',
      });
    });

    it('leaves a taken one where it is, and gives none', () => {
      const asks = asking('a', '192.0.2.10', '10.1.0.1');
      expect(assign(asks, withAddress('b', '192.0.2.10'))).toEqual({ 'ns/b': '192.0.2.10' });
    });

    it.each(['203.0.113.1', '10.1.0.1234', '10.1.0.x'])('gives none for %s, which is in no pool', (ip) => {
      expect(assign(asking('a', ip))).toEqual({});
    });
  });

  describe('by the scheme of AWS', () => {
    const SCHEME = 'service.beta.kubernetes.io/aws-load-balancer-scheme';
    const addressOf = (scheme?: string, ip?: string, loadBalancerIP?: string) => {
      const annotations: Record<string, string> = scheme ? { [SCHEME]: scheme } : {};
      const metadata = { name: 'a', namespace: 'ns', annotations };
      const status = { loadBalancer: { ingress: ip ? [{ ip }] : [] } };
      const services = balancedServices([service('a', { loadBalancerIP }, { metadata, status })]);
      return assignAddresses(services, '10.1.0.').get('ns/a');
    };

    it('gives another address when it changes, in both directions', () => {
      const internal = addressOf('internal')!;
      const internetFacing = addressOf('internet-facing', internal)!;
      expect([internal, internetFacing]).toEqual(['10.1.0.1', '10.1.0.128']);
      expect(addressOf('internal', internetFacing)).toBe(internal);
    });

    it('keeps the address while it stays, and when it is removed or unknown to AWS', () => {
      expect(addressOf('internet-facing', '10.1.0.200')).toBe('10.1.0.200');
      expect(addressOf(undefined, '10.1.0.200')).toBe('10.1.0.200');
      expect(addressOf('public', '10.1.0.200')).toBe('10.1.0.200');
    });

    it('does not matter for an address that is asked for', () => {
      expect(addressOf('internet-facing', '10.1.0.5', '10.1.0.5')).toBe('10.1.0.5');
    });
  });

  it('leaves Services without an address when the pool has no more of their scheme', () => {
    const many = Array.from({ length: 128 }, (_, n) => withAddress(`s${n}`));
    expect(assignAddresses(balancedServices(many), '10.1.0.').size).toBe(127);
  });
});

describe('desiredRoutes', () => {
  const addresses = new Map([['ns/a', '10.1.0.1']]);

  it('lead to all nodes with externalTrafficPolicy Cluster', () => {
    const routes = desiredRoutes(balancedServices([service('a')]), addresses, NODES, () => false);
    expect(routes).toEqual(new Map([['10.1.0.1', ['10.0.0.1', '10.0.0.2']]]));
  });

  it('lead to the nodes with a ready endpoint with externalTrafficPolicy Local', () => {
    const services = balancedServices([
      service('a', { externalTrafficPolicy: 'Local', healthCheckNodePort: 31000 }),
    ]);
    const routes = desiredRoutes(services, addresses, NODES, (_, { name }) => name === 'node-2');
    expect(routes).toEqual(new Map([['10.1.0.1', ['10.0.0.2']]]));
  });

  it('are withdrawn when no node can serve', () => {
    const services = balancedServices([
      service('a', { externalTrafficPolicy: 'Local', healthCheckNodePort: 31000 }),
    ]);
    expect(desiredRoutes(services, addresses, NODES, () => false).size).toBe(0);
  });
});

describe('routeChanges', () => {
  it('touch only what differs', () => {
    const present = new Map([
      ['10.1.0.1', ['10.0.0.1']],
      ['10.1.0.2', ['10.0.0.1']],
      ['10.1.0.3', ['10.0.0.1']],
    ]);
    const desired = new Map([
      ['10.1.0.1', ['10.0.0.1']],
      ['10.1.0.2', ['10.0.0.1', '10.0.0.2']],
    ]);
    expect(routeChanges(present, desired)).toEqual([
      'route delete 10.1.0.3/32',
      'nexthop delete id 167837699',
      'nexthop replace id 1 via 10.0.0.1 dev eth0',
      'nexthop replace id 1001 via 10.0.0.1 dev eth0',
      'nexthop replace id 2 via 10.0.0.2 dev eth0',
      'nexthop replace id 1002 via 10.0.0.2 dev eth0',
      'nexthop replace id 167837698 group 1/1001/2/1002 type resilient buckets 256 idle_timer 120 unbalanced_timer 0',
      'route replace 10.1.0.2/32 nhid 167837698',
    ]);
  });
});

describe('haproxyConfig', () => {
  const PLACES = { folder: '/run/lb', sources: ['10.0.1.1', '10.0.1.2'] };
  const addresses = new Map([['ns/a', '10.2.0.1']]);
  const backend = (spec: V1Service['spec']) => {
    const services = balancedServices([service('a', { loadBalancerClass: PROXIED, ...spec })]);
    const config = haproxyConfig(services, addresses, NODES, PLACES);
    return config.slice(config.indexOf('frontend'));
  };

  it('checks kube-proxy on each node with externalTrafficPolicy Cluster, and connects from each address', () => {
    expect(backend({})).toBe(`frontend ns_a_80
  bind 10.2.0.1:80
  default_backend ns_a_80
backend ns_a_80
  option httpchk GET /healthz
  server node-1 10.0.0.1:30080 source 10.0.1.1 check port 10256 inter 10000ms fall 3 rise 3
  server node-1_1 10.0.0.1:30080 source 10.0.1.2 track ns_a_80/node-1
  server node-2 10.0.0.2:30080 source 10.0.1.1 check port 10256 inter 10000ms fall 3 rise 3
  server node-2_1 10.0.0.2:30080 source 10.0.1.2 track ns_a_80/node-2
`);
  });

  it('checks healthCheckNodePort with externalTrafficPolicy Local', () => {
    const local = backend({ externalTrafficPolicy: 'Local', healthCheckNodePort: 31000 });
    expect(local).toContain(' check port 31000 ');
  });

  it('never tries a connection again', () => {
    expect(haproxyConfig([], new Map(), [], PLACES)).toContain('\n  retries 0\n');
  });
});

describe('serverStates', () => {
  const config = 'backend a_80\n  server n1 10.0.0.1:30080 check\n  server n2 10.0.0.2:30080 check\n';
  const stateOf = (states: string, server: string) =>
    states.split('\n').filter((line) => line.split(' ')[3] === server);

  it('say that a target is down before its first check', () => {
    const [line] = stateOf(serverStates(config), 'n2');
    expect(line.split(' ').slice(0, 7)).toEqual(['0', 'a_80', '2', 'n2', '10.0.0.2', '0', '0']);
    expect(line).toContain(' 30080 ');
  });

  it('keep what HAProxy has told about the others', () => {
    const known = '3 a_80 1 n1 10.0.0.1 2 0 1 1 9 6 3 3 6 0 0 0 - 30080 - 0 0 - - 0';
    const states = serverStates(config, `1\n# be_id\n${known}\n`);
    expect(stateOf(states, 'n1')).toEqual([known]);
    expect(stateOf(states, 'n2')).toHaveLength(1);
  });

  it('distinguish servers of the same name in two backends', () => {
    const known = '3 b_80 1 n1 10.0.0.1 2 0 1 1 9 6 3 3 6 0 0 0 - 30080 - 0 0 - - 0';
    expect(stateOf(serverStates(config, `1\n# be_id\n${known}`), 'n1')).toHaveLength(2);
  });
});

describe('registrations', () => {
  const settings = { healthIntervalSeconds: 1, fall: 1, rise: 1, deregistrationSeconds: 10 };

  it('let a removed target drain, then end its connections, then forget it', () => {
    const registrations = new Registrations();
    const stateAt = (seconds: number) =>
      registrations
        .update(NODES.slice(1), seconds * 1000, 10)
        .map((member) => `${member.name} ${adminState(member, settings, seconds * 1000)}`);
    registrations.update(NODES, 0, 10);
    expect([stateAt(1), stateAt(10), stateAt(11), stateAt(13)]).toEqual([
      ['node-1 drain', 'node-2 ready'],
      ['node-1 drain', 'node-2 ready'],
      ['node-1 maint', 'node-2 ready'],
      ['node-2 ready'],
    ]);
  });

  it('take back a target that returns in the meantime', () => {
    const registrations = new Registrations();
    registrations.update(NODES, 0, 10);
    registrations.update([], 1000, 10);
    const members = registrations.update(NODES, 2000, 10);
    expect(members.map((member) => adminState(member, settings, 2000))).toEqual(['ready', 'ready']);
  });
});
