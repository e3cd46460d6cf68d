import { writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { ok } from '../http';
import { runPath } from '../paths';
import type { ProcessSpec } from '../process';
import { DNS_SERVICE } from '../topology';
import type { NodeContext } from './context';

/** The kubelet, with the defaults of Kubernetes wherever the machine allows them. */
export function kubelet({ place, machine, bin }: NodeContext): ProcessSpec {
  const config = machine.folder('kubelet.yaml');
  const resolvConf = machine.folder('resolv.conf');
  writeFileSync(resolvConf, '');
  writeFileSync(
    config,
    stringify({
      apiVersion: 'kubelet.config.k8s.io/v1beta1',
      kind: 'KubeletConfiguration',
      address: place.address,
      healthzBindAddress: place.address,
      authentication: { anonymous: { enabled: false }, x509: { clientCAFile: runPath('pki', 'ca.crt') } },
      tlsCertFile: runPath('pki', `${place.name}.crt`),
      tlsPrivateKeyFile: runPath('pki', `${place.name}.key`),
      containerRuntimeEndpoint: 'unix:///run/containerd/containerd.sock',
      cgroupDriver: 'cgroupfs',
      failCgroupV1: false,
      failSwapOn: false,
      // Lowering it needs CAP_SYS_RESOURCE, which not every machine has.
      oomScoreAdj: 0,
      clusterDNS: [DNS_SERVICE],
      clusterDomain: 'cluster.local',
      resolvConf,
      serializeImagePulls: false,
      // The disk belongs to the machine, not to the test: it must not evict pods or collect images.
      imageGCHighThresholdPercent: 100,
      imageGCLowThresholdPercent: 99,
      evictionHard: { 'memory.available': '100Mi' },
    }),
  );
  return {
    machine,
    command: [
      bin('kubelet'),
      `--config=${config}`,
      `--kubeconfig=${runPath('pki', `system-node-${place.name}.kubeconfig`)}`,
      `--hostname-override=${place.name}`,
      `--node-ip=${place.address}`,
      '--root-dir=/var/lib/kubelet',
    ],
    ready: () => ok(`http://${place.address}:10248/healthz`),
    hint: 'see the log; control groups that are not mounted are the usual reason',
  };
}
