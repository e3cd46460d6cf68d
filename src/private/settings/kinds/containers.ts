import type {
  ContainerResources,
  ContainerSecurityContextProps,
  ContainerSecutiryContextCapabilities,
  CpuResources,
  EphemeralStorageResources,
  MemoryResources,
  VolumeMount,
} from 'cdk8s-plus-27';
import { Capability, ImagePullPolicy, MountPropagation, Protocol } from 'cdk8s-plus-27';
import type {
  ContainerDetails,
  ContainerOptions,
  MainContainerOptions,
  MainSecurityContext,
} from '../../../container-options';
import type { FurtherContainer, InitContainer, Sidecar } from '../../../further-containers';
import type { ExtraPort } from '../../../ports';
import type { Options } from './collections';
import { listOf, mapOf, optionsOf, required, wordsOf } from './collections';
import type { Elsewhere } from './elsewhere';
import { HEALTH_CHECK } from './health-checks';
import {
  CPU,
  ENV_FROM,
  ENV_VALUE,
  FLAG,
  HANDLER,
  number,
  oneOf,
  portName,
  SIZE,
  text,
  TEXT,
  VOLUME,
  whole,
} from './values';

export const IMAGE = text('registry.example.com/team/app:1.4.2');

export const CONTAINER_OPTIONS: Options<ContainerOptions> = {
  image: required(IMAGE),
  command: wordsOf('node server.js'),
  args: wordsOf('--port 8080'),
  env: mapOf(ENV_VALUE),
  envFrom: listOf(ENV_FROM),
};

const CONTAINER_DETAILS: Options<ContainerDetails> = {
  workingDir: text('/app'),
  imagePullPolicy: oneOf(ImagePullPolicy),
};

export const RESOURCES = optionsOf<ContainerResources>('resources', {
  cpu: optionsOf<CpuResources>('resources of CPU', { request: CPU, limit: CPU }),
  memory: optionsOf<MemoryResources>('resources of memory', { request: SIZE, limit: SIZE }),
  ephemeralStorage: optionsOf<EphemeralStorageResources>('resources of storage', {
    request: SIZE,
    limit: SIZE,
  }),
});

export const VOLUME_MOUNTS = listOf(
  optionsOf<VolumeMount>('a volume mount', {
    path: required(text('/data')),
    volume: required(VOLUME),
    readOnly: FLAG,
    subPath: TEXT,
    subPathExpr: TEXT,
    propagation: oneOf(MountPropagation),
  }),
);

export const PORTS = listOf(
  optionsOf<ExtraPort>('a port', {
    name: required(portName('metrics')),
    port: required(number(9090)),
    servicePort: number(9090),
    appProtocol: text('https'),
    protocol: oneOf(Protocol),
  }),
);

const CAPABILITIES = optionsOf<ContainerSecutiryContextCapabilities>('capabilities', {
  add: listOf(oneOf(Capability)),
  drop: listOf(oneOf(Capability)),
});

const SECURITY_CONTEXT = optionsOf<ContainerSecurityContextProps>('a security context', {
  user: whole(0, 10_001),
  group: whole(0, 10_001),
  ensureNonRoot: FLAG,
  privileged: FLAG,
  readOnlyRootFilesystem: FLAG,
  allowPrivilegeEscalation: FLAG,
  capabilities: CAPABILITIES,
});

export const MAIN_CONTAINER: Options<MainContainerOptions> = {
  ...CONTAINER_DETAILS,
  name: text('main'),
  securityContext: {
    ...optionsOf<MainSecurityContext>(
      'the security context of the application',
      { capabilities: CAPABILITIES, allowPrivilegeEscalation: FLAG, privileged: FLAG },
      {
        user: 'security: PodSecurity.restricted({ runAsUser })',
        group: 'security: PodSecurity.restricted({ runAsGroup })',
        readOnlyRootFilesystem: 'security: PodSecurity.restricted({ readOnlyRootFilesystem })',
        ensureNonRoot: 'security: PodSecurity.restricted() or PodSecurity.asImageUser()',
      },
    ),
    example: () => '{ capabilities: { add: [Capability.NET_BIND_SERVICE] } }',
  },
  extendedResources: { ...mapOf(number(1)), example: () => "{ 'nvidia.com/gpu': 1 }" },
  postStart: HANDLER,
};

/** Options of the application's container that stand among the props. */
export const BESIDE_CONTAINER: Elsewhere = Object.fromEntries(
  [...Object.keys(CONTAINER_OPTIONS), 'port', 'resources', 'volumeMounts', 'readiness', 'liveness'].map(
    (prop) => [prop, `${prop} among the props, beside container`],
  ),
);

const FURTHER_CONTAINER: Options<FurtherContainer> = {
  ...CONTAINER_OPTIONS,
  ...CONTAINER_DETAILS,
  name: required(text('migrate')),
  resources: RESOURCES,
  volumeMounts: VOLUME_MOUNTS,
  securityContext: SECURITY_CONTEXT,
};

export const FURTHER_CONTAINERS = listOf(optionsOf<FurtherContainer>('a container', FURTHER_CONTAINER));

export const INIT_CONTAINERS = listOf(optionsOf<InitContainer>('an init container', FURTHER_CONTAINER));

export const SIDECARS = listOf(
  optionsOf<Sidecar>('a sidecar', { ...FURTHER_CONTAINER, ports: PORTS, readiness: HEALTH_CHECK }),
);
