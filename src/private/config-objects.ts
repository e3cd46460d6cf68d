import { ConfigMap, Env, IConfigMap, k8s, Volume } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';
import { ConfigMapContent } from './config';
import { MountedVolume } from './mounted-volume';
import { Settings } from './settings';

/**
 * Creates the ConfigMaps.
 *
 * @returns the props with everything by which the pods find them, and the Secrets
 */
export function withConfig(scope: Construct, settings: Settings): ZeroDowntimeDeploymentProps {
  const { props } = settings;
  const { sources } = settings.config;
  const envFrom = [...(props.envFrom ?? [])];
  const volumeMounts = [...(props.volumeMounts ?? [])];
  const mount = ({ path }: MountedVolume, volume: Volume) => {
    volumeMounts.push({ path, volume, readOnly: true });
  };
  for (const [i, source] of sources.entries()) {
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
  return { ...props, envFrom, volumeMounts };
}

function createConfigMap(
  scope: Construct,
  id: string,
  { name, data }: ConfigMapContent,
  { identity, config }: Settings,
): IConfigMap {
  // Not by ConfigMap, which writes no data if every value is an empty text.
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
