/**
 * Names and addresses. Everything runs in network namespaces of its own, joined by one bridge; the host
 * only has one leg in it, so nothing here can meet a port or a route of the host but `10.213.0.0/24`.
 */
export const NODES_CIDR = '10.213.0.0/24';
export const PODS_CIDR = '10.214.0.0/16';
export const SERVICES_CIDR = '10.215.0.0/16';
export const ROUTED_POOL = '10.216.0.0/24';
export const PROXIED_POOL = '10.216.1.0/24';
/** Addresses for documentation (RFC 5737), as manifests that serve as examples ask for them. */
export const DOCUMENTATION_POOLS = ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24'];

export const KUBERNETES_SERVICE = '10.215.0.1';
export const DNS_SERVICE = '10.215.0.10';

/** The only link between the host and the cluster, for kubectl and for pushes to the registry. */
export const HOST_LINK = { link: 'zdt-host', address: '10.213.0.254' };

/** A network namespace with its address on the bridge. */
export interface Place {
  name: string;
  namespace: string;
  address: string;
}

const place = (name: string, address: string): Place => ({ name, namespace: `zdt-${name}`, address });

/** Where the control plane, the registry and the load balancer's controller run; it carries the bridge. */
export const CONTROL = place('control', '10.213.0.1');
/** Where the proxying load balancer runs. */
export const BALANCER = place('balancer', '10.213.0.2');
/** Where load comes from. */
export const CLIENT = place('client', '10.213.0.100');

/** A worker node: its pods get addresses of `podCidr`. */
export interface NodePlace extends Place {
  podCidr: string;
}

/** The three worker nodes. */
export const NODES: NodePlace[] = [1, 2, 3].map((n) => ({
  ...place(`node-${n}`, `10.213.0.${10 + n}`),
  podCidr: `10.214.${n}.0/24`,
}));

/** 64 source addresses: a single one would run out of ports, and reuse ports of connections that nodes still remember. */
export const CLIENT_ADDRESSES = Array.from({ length: 64 }, (_, n) => `10.213.0.${128 + n}`);
/** 16 source addresses of the proxying load balancer, for the same reason. */
export const BALANCER_ADDRESSES = Array.from({ length: 16 }, (_, n) => `10.213.0.${32 + n}`);

export const API_SERVER = `https://${CONTROL.address}:6443`;
export const REGISTRY = `${CONTROL.address}:5000`;
