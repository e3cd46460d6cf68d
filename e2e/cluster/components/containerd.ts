import { mkdirSync, writeFileSync } from 'node:fs';
import { run } from '../shell';
import type { ProcessSpec } from '../process';
import { REGISTRY } from '../topology';
import { VERSIONS } from '../versions';
import type { Node } from './context';

/** containerd with runc: every image comes from the cluster's registry, pods get routed addresses (CNI ptp). */
export function containerd({ place, machine }: Node): ProcessSpec {
  const [config, cni, mirrors] = ['containerd.toml', 'cni', 'registries'].map((part) => machine.folder(part));
  mkdirSync(cni, { recursive: true });
  mkdirSync(`${mirrors}/_default`, { recursive: true });
  writeFileSync(config, containerdConfig(cni, mirrors));
  writeFileSync(`${mirrors}/_default/hosts.toml`, mirrorConfig());
  writeFileSync(`${cni}/10-pods.conflist`, JSON.stringify(cniConfig(place.podCidr)));
  return {
    machine,
    command: ['containerd', '--config', config],
    ready: async () => {
      const [command, ...args] = machine.enter(['ctr', 'version']);
      await run(command, args);
      return true;
    },
    hint: 'see the log; a kernel without overlayfs and a full disk are the usual reasons',
  };
}

function containerdConfig(cni: string, mirrors: string): string {
  return `version = 2
root = "/var/lib/containerd"
state = "/run/containerd"

[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "registry.k8s.io/pause:${VERSIONS.pause}"
  # Machines without CAP_SYS_RESOURCE cannot lower a score; runc would die of it.
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "${cni}"
  [plugins."io.containerd.grpc.v1.cri".registry]
    config_path = "${mirrors}"
`;
}

function mirrorConfig(): string {
  return `server = "http://${REGISTRY}"

[host."http://${REGISTRY}"]
  capabilities = ["pull", "resolve"]
`;
}

function cniConfig(subnet: string): object {
  return {
    cniVersion: '0.4.0',
    name: 'pods',
    plugins: [
      { type: 'ptp', ipam: { type: 'host-local', subnet, routes: [{ dst: '0.0.0.0/0' }] } },
      { type: 'portmap', capabilities: { portMappings: true } },
    ],
  };
}
