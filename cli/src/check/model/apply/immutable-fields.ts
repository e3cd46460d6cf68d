import { at, fields, items, type Fields, type Path } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';

/** A field that the API server does not let anybody change. */
export interface ImmutableField {
  readonly path: Path;
  /** What its value means to the API server, defaults included. */
  readonly read: (body: unknown) => unknown;
  /** Whether it may be set where it was not. */
  readonly mayBeAdded?: true;
}

const field = (...path: readonly string[]): ImmutableField => ({ path, read: (body) => at(body, ...path) });
const withDefault = (missing: unknown, ...path: readonly string[]): ImmutableField => ({
  path,
  read: (body) => at(body, ...path) ?? missing,
});
/** A list whose order does not count. */
const set = (missing: readonly string[], ...path: readonly string[]): ImmutableField => ({
  path,
  read: (body) => {
    const list = at(body, ...path) ?? missing;
    return Array.isArray(list) ? [...(list as readonly unknown[])].sort() : list;
  },
});

const ROLE_REF: ImmutableField = {
  path: ['roleRef'],
  read: (body) => {
    const { apiGroup = 'rbac.authorization.k8s.io', kind, name } = fields(at(body, 'roleRef'));
    return { apiGroup, kind, name };
  },
};

/** What makes a PersistentVolume another one; which kind of volume it is is the name of a field. */
const VOLUME_SOURCE: ImmutableField = {
  path: ['spec'],
  read: (body) =>
    Object.fromEntries(
      Object.entries(fields(at(body, 'spec'))).filter(([name]) => !OF_ALL_VOLUMES.has(name)),
    ),
};

const OF_ALL_VOLUMES: ReadonlySet<string> = new Set([
  'accessModes',
  'capacity',
  'claimRef',
  'mountOptions',
  'nodeAffinity',
  'persistentVolumeReclaimPolicy',
  'storageClassName',
  'volumeAttributesClassName',
  'volumeMode',
]);

/**
 * The immutable fields of the kinds that have no rule of their own, each of them tried on an API server of Kubernetes 1.34, but for
 * those of the Gateway API, whose definition says it.
 */
const FIELDS: ReadonlyMap<string, readonly ImmutableField[]> = new Map([
  ['rbac.authorization.k8s.io/RoleBinding', [ROLE_REF]],
  ['rbac.authorization.k8s.io/ClusterRoleBinding', [ROLE_REF]],
  [
    'storage.k8s.io/StorageClass',
    [
      field('provisioner'),
      withDefault({}, 'parameters'),
      withDefault('Delete', 'reclaimPolicy'),
      withDefault('Immediate', 'volumeBindingMode'),
    ],
  ],
  ['storage.k8s.io/VolumeAttributesClass', [field('driverName'), withDefault({}, 'parameters')]],
  [
    'storage.k8s.io/CSIDriver',
    [withDefault(true, 'spec', 'attachRequired'), set(['Persistent'], 'spec', 'volumeLifecycleModes')],
  ],
  ['storage.k8s.io/CSIStorageCapacity', [field('storageClassName')]],
  ['networking.k8s.io/IngressClass', [field('spec', 'controller')]],
  ['gateway.networking.k8s.io/GatewayClass', [field('spec', 'controllerName')]],
  [
    'scheduling.k8s.io/PriorityClass',
    [withDefault(0, 'value'), withDefault('PreemptLowerPriority', 'preemptionPolicy')],
  ],
  ['node.k8s.io/RuntimeClass', [field('handler')]],
  ['discovery.k8s.io/EndpointSlice', [field('addressType')]],
  ['resource.k8s.io/ResourceClaim', [field('spec')]],
  ['resource.k8s.io/ResourceClaimTemplate', [field('spec')]],
  ['apiextensions.k8s.io/CustomResourceDefinition', [field('spec', 'scope'), field('spec', 'names', 'kind')]],
  ['apps/ReplicaSet', [field('spec', 'selector')]],
  ['apps/ControllerRevision', [field('data')]],
  [
    '/PersistentVolume',
    [
      VOLUME_SOURCE,
      withDefault('Filesystem', 'spec', 'volumeMode'),
      { ...field('spec', 'nodeAffinity'), mayBeAdded: true },
    ],
  ],
  ['/ResourceQuota', [set([], 'spec', 'scopes')]],
  ['/Pod', [{ path: ['spec'], read: podWithoutMutable }]],
]);

/** The immutable fields of an object. */
export function immutableFields({ group, kind }: ManifestObject): readonly ImmutableField[] {
  return FIELDS.get(`${group}/${kind}`) ?? [];
}

/** The kinds that have such fields, each with its group. */
export const IMMUTABLE_KINDS: readonly (readonly [group: string, kind: string])[] = [...FIELDS.keys()].map(
  (key) => key.split('/') as [string, string],
);

/** A pod without what may change, and with what the API server fills in left out. */
function podWithoutMutable(body: unknown): unknown {
  const { containers, initContainers, ...spec } = fields(at(body, 'spec'));
  return {
    ...fixed(spec, ['activeDeadlineSeconds', 'tolerations'], POD_DEFAULTS),
    containers: items(containers).map(({ item }) => fixedPartOf(item)),
    initContainers: items(initContainers).map(({ item }) => fixedPartOf(item)),
  };
}

/** Of a container, its image may change, and with its tag how it is pulled. */
function fixedPartOf({ ports, ...container }: Fields): Fields {
  return {
    ...fixed(container, ['image', 'imagePullPolicy'], CONTAINER_DEFAULTS),
    ports: items(ports).map(({ item }) => fixed(item, [], { protocol: 'TCP' })),
  };
}

const POD_DEFAULTS: Fields = {
  restartPolicy: 'Always',
  terminationGracePeriodSeconds: 30,
  dnsPolicy: 'ClusterFirst',
  schedulerName: 'default-scheduler',
  serviceAccountName: 'default',
  enableServiceLinks: true,
  hostNetwork: false,
  hostPID: false,
  hostIPC: false,
};

const CONTAINER_DEFAULTS: Fields = {
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
};

/** Fields without those that may change, and those that say nothing or what the API server does anyway. */
function fixed(written: Fields, mutable: readonly string[], defaults: Fields): Fields {
  return Object.fromEntries(
    Object.entries(written).filter(
      ([name, value]) => !mutable.includes(name) && !isEmpty(value) && value !== defaults[name],
    ),
  );
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
}
