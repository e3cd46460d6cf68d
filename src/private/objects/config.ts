import type { EnvFrom, IConfigMap, VolumeMount } from 'cdk8s-plus-27';
import { ConfigMap, Env, k8s, Volume } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import type { MountedVolume } from '../kubernetes/mounted-volume';
import type { ConfigMapContent } from '../settings/config';
import type { Settings } from '../settings/settings';

/** How the application's container refers to its ConfigMaps and Secrets. */
export interface ConfigReferences {
  readonly envFrom: EnvFrom[];
  readonly volumeMounts: VolumeMount[];
}

/**
 * Creates the ConfigMaps, and the references to them and to the Secrets.
 */
export function createConfig(scope: Construct, settings: Settings): ConfigReferences {
  const envFrom: EnvFrom[] = [];
  const volumeMounts: VolumeMount[] = [];
  const mount = ({ path }: MountedVolume, volume: Volume) => {
    volumeMounts.push({ path, volume, readOnly: true });
  };
  for (const [i, source] of settings.config.sources.entries()) {
    const { volume } = source;
    if ('secret' in source) {
      if (volume) {
        mount(volume, Volume.fromSecret(scope, `ConfigVolume-${i}`, source.secret, { name: volume.name }));
      } else {
        envFrom.push(Env.fromSecret(source.secret));
      }
    } else {
      const configMap = createConfigMap(scope, `Config-${i}`, source.configMap, settings);
      if (volume) {
        mount(volume, Volume.fromConfigMap(scope, `ConfigVolume-${i}`, configMap, { name: volume.name }));
      } else {
        envFrom.push(Env.fromConfigMap(configMap));
      }
    }
  }
  return { envFrom, volumeMounts };
}

function createConfigMap(
  scope: Construct,
  id: string,
  { name, data }: ConfigMapContent,
  { identity, config }: Settings,
): IConfigMap {
  // Not with ConfigMap, which leaves out the data if every value is an empty text.
  new k8s.KubeConfigMap(scope, id, {
    metadata: {
      name,
      labels: identity.labels,
      annotations: { ...identity.annotations, ...config.annotations },
    },
    data,
    immutable: true,
  });
  return ConfigMap.fromConfigMapName(scope, `${id}-Reference`, name);
}
