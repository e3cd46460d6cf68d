/** The versions of what is built; each `go/<module>/go.sum` pins the checksums. */
export const VERSIONS = {
  kubernetes: 'v1.34.4',
  coredns: 'v1.15.0',
  metricsServer: 'v0.9.0',
  pause: '3.10.1',
};

/** Debian packages that a machine needs, with the command that shows each is there. */
export const DEBIAN_PACKAGES: Record<string, string> = {
  'etcd-server': 'etcd',
  containerd: 'containerd',
  runc: 'runc',
  'containernetworking-plugins': '/usr/lib/cni/ptp',
  iproute2: 'ip',
  iptables: 'iptables',
  nftables: 'nft',
  conntrack: 'conntrack',
  'docker-registry': 'docker-registry',
  skopeo: 'skopeo',
  haproxy: 'haproxy',
};
