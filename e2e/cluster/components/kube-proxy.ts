import { writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { ok } from '../http';
import { runPath } from '../paths';
import type { ProcessSpec } from '../process';
import type { ProxyMode } from '../cluster';
import { PODS_CIDR } from '../topology';
import type { NodeContext } from './context';

/** kube-proxy in nftables or iptables mode. */
export function kubeProxy({ place, machine, bin, proxyMode }: NodeContext): ProcessSpec {
  const config = machine.folder('kube-proxy.yaml');
  writeFileSync(config, stringify(proxyConfig(place.name, proxyMode)));
  return {
    machine,
    command: [bin('kube-proxy'), `--config=${config}`],
    ready: () => ok(`http://${place.address}:10256/healthz`),
    hint: 'see the log; a kernel without nftables or iptables support is the usual reason',
  };
}

/** The command that removes every rule that kube-proxy made on the node, in any mode. */
export function proxyCleanup({ machine, bin }: NodeContext): string[] {
  return machine.enter([bin('kube-proxy'), `--config=${machine.folder('kube-proxy.yaml')}`, '--cleanup']);
}

function proxyConfig(node: string, mode: ProxyMode): object {
  return {
    apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
    kind: 'KubeProxyConfiguration',
    mode,
    clientConnection: { kubeconfig: runPath('pki', 'system-kube-proxy.kubeconfig') },
    clusterCIDR: PODS_CIDR,
    hostnameOverride: node,
    oomScoreAdj: 0,
    // These sysctls belong to the whole machine and cannot be written from a namespace; 0 leaves them alone.
    conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: '0s', tcpCloseWaitTimeout: '0s' },
  };
}
