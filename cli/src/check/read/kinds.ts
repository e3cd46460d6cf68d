/** The kinds of the API groups that matter here, by the version that is served. */
const served: Readonly<Record<string, readonly string[]>> = {
  v1: [
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
  'apps/v1': ['ControllerRevision', 'DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
  'autoscaling/v1': ['HorizontalPodAutoscaler'],
  'autoscaling/v2': ['HorizontalPodAutoscaler'],
  'batch/v1': ['CronJob', 'Job'],
  'networking.k8s.io/v1': ['IPAddress', 'Ingress', 'IngressClass', 'NetworkPolicy', 'ServiceCIDR'],
  'networking.k8s.io/v1beta1': ['IPAddress', 'ServiceCIDR'],
  'policy/v1': ['PodDisruptionBudget'],
};

/** Whether an object is of a kind of these groups. */
export function isKnownKind(apiVersion: unknown, kind: unknown): boolean {
  return served[String(apiVersion)]?.includes(String(kind)) ?? false;
}

/** Why an object cannot be checked: a typing error in its kind, or a version that is served no more. */
export function unknownKind(apiVersion: string, kind: string): string | undefined {
  const kinds = served[apiVersion];
  if (kinds !== undefined) {
    return kinds.includes(kind) ? undefined : `${apiVersion} has no kind ${kind}; correct apiVersion or kind`;
  }
  const [group] = apiVersion.split('/');
  const versions = Object.keys(served).filter((name) => name === group || name.startsWith(`${group}/`));
  if (group === 'extensions') return `${apiVersion} is not served by Kubernetes 1.22 or newer`;
  if (!apiVersion.includes('/') || versions.length > 0) {
    return `${apiVersion} is not known here; write ${(versions.length > 0 ? versions : ['v1']).join(' or ')}`;
  }
  return undefined;
}
