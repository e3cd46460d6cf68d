import { retiredKind } from './retired-kinds.js';

/** The kinds of the API groups that matter here, by the version that is served. */
const SERVED_KINDS: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'v1',
    [
      'Binding',
      'ConfigMap',
      'Endpoints',
      'Event',
      'LimitRange',
      'Namespace',
      'Node',
      'PersistentVolume',
      'PersistentVolumeClaim',
      'Pod',
      'PodTemplate',
      'ReplicationController',
      'ResourceQuota',
      'Secret',
      'Service',
      'ServiceAccount',
    ],
  ],
  ['apps/v1', ['ControllerRevision', 'DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet']],
  ['autoscaling/v1', ['HorizontalPodAutoscaler']],
  ['autoscaling/v2', ['HorizontalPodAutoscaler']],
  ['batch/v1', ['CronJob', 'Job']],
  ['networking.k8s.io/v1', ['IPAddress', 'Ingress', 'IngressClass', 'NetworkPolicy', 'ServiceCIDR']],
  ['networking.k8s.io/v1beta1', ['IPAddress', 'ServiceCIDR']],
  ['policy/v1', ['PodDisruptionBudget']],
]);

/** Whether an object is of a kind of these groups. */
export function isKnownKind(apiVersion: unknown, kind: unknown): boolean {
  return SERVED_KINDS.get(String(apiVersion))?.includes(String(kind)) ?? false;
}

/** Why an object cannot be checked: a typing error in its kind or version, or an API group that is no longer served. */
export function unknownKind(apiVersion: string, kind: string): string | undefined {
  if (isKnownKind(apiVersion, kind) || unknownVersion(apiVersion, kind) !== undefined) {
    return undefined;
  }
  const retired = retiredKind(apiVersion, kind);
  if (retired !== undefined) {
    return retired.why;
  }
  if (versionsOf(apiVersion).length > 0) {
    return `${apiVersion} has no kind ${kind}; correct apiVersion or kind`;
  }
  if (apiVersion.startsWith('extensions/')) {
    return `${apiVersion} is not served by Kubernetes 1.22 or newer`;
  }
  return apiVersion.includes('/') ? undefined : `${apiVersion} is not known here; write v1`;
}

/** What to write instead of a version that is not known or not served. The object is checked as if it had a known version. */
export function unknownVersion(apiVersion: string, kind: string): string | undefined {
  if (isKnownKind(apiVersion, kind)) {
    return undefined;
  }
  const retired = retiredKind(apiVersion, kind);
  if (retired !== undefined) {
    return retired.isReadable ? retired.why : undefined;
  }
  const versions = versionsOf(apiVersion, kind);
  return versions.length === 0
    ? undefined
    : `${apiVersion} is not known here; write ${versions.join(' or ')}`;
}

/** The known versions of an API group; with a kind, those that have it. */
function versionsOf(apiVersion: string, kind?: string): readonly string[] {
  const [group, version] = apiVersion.split('/');
  return [...SERVED_KINDS]
    .filter(([name]) => (version === undefined ? name === group : name.startsWith(`${group}/`)))
    .filter(([, kinds]) => kind === undefined || kinds.includes(kind))
    .map(([name]) => name);
}
