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
  const kinds = SERVED_KINDS.get(apiVersion);
  if (kinds !== undefined) {
    return kinds.includes(kind) ? undefined : `${apiVersion} has no kind ${kind}; correct apiVersion or kind`;
  }
  if (apiVersion.startsWith('extensions/')) {
    return `${apiVersion} is not served by Kubernetes 1.22 or newer`;
  }
  return apiVersion.includes('/') ? undefined : `${apiVersion} is not known here; write v1`;
}

/** What to write instead of an unknown version of a known API group. The object is checked as if it had a known version. */
export function unknownVersion(apiVersion: string): string | undefined {
  const [group] = apiVersion.split('/');
  const versions = [...SERVED_KINDS.keys()].filter((name) => name.startsWith(`${group}/`));
  if (versions.length === 0 || versions.includes(apiVersion)) {
    return undefined;
  }
  return `${apiVersion} is not known here; write ${versions.join(' or ')}`;
}
