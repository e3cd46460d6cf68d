/** Versions of an API group that no Kubernetes serves that is known here, for some of its kinds. */
interface Retired {
  readonly group: string;
  readonly versions: readonly string[];
  readonly kinds: readonly string[];
  /** The first version of Kubernetes without them. */
  readonly since: string;
  /** Whether the kinds are gone, and not served as v1 instead. */
  readonly isGone?: true;
  /** Whether their fields are others than those of v1, so that they cannot be read as such. */
  readonly isUnlike?: true;
}

/** Source: https://kubernetes.io/docs/reference/using-api/deprecation-guide/ */
const RETIRED: readonly Retired[] = [
  {
    group: 'rbac.authorization.k8s.io',
    versions: ['v1alpha1', 'v1beta1'],
    kinds: ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
    since: '1.22',
  },
  {
    group: 'apiextensions.k8s.io',
    versions: ['v1beta1'],
    kinds: ['CustomResourceDefinition'],
    since: '1.22',
  },
  {
    group: 'admissionregistration.k8s.io',
    versions: ['v1beta1'],
    kinds: ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
    since: '1.22',
  },
  { group: 'apiregistration.k8s.io', versions: ['v1beta1'], kinds: ['APIService'], since: '1.22' },
  {
    group: 'scheduling.k8s.io',
    versions: ['v1alpha1', 'v1beta1'],
    kinds: ['PriorityClass'],
    since: '1.22',
  },
  {
    group: 'storage.k8s.io',
    versions: ['v1beta1'],
    kinds: ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment'],
    since: '1.22',
  },
  { group: 'storage.k8s.io', versions: ['v1beta1'], kinds: ['CSIStorageCapacity'], since: '1.27' },
  { group: 'coordination.k8s.io', versions: ['v1beta1'], kinds: ['Lease'], since: '1.22' },
  {
    group: 'certificates.k8s.io',
    versions: ['v1beta1'],
    kinds: ['CertificateSigningRequest'],
    since: '1.22',
  },
  { group: 'networking.k8s.io', versions: ['v1beta1'], kinds: ['Ingress'], since: '1.22', isUnlike: true },
  { group: 'networking.k8s.io', versions: ['v1beta1'], kinds: ['IngressClass'], since: '1.22' },
  { group: 'discovery.k8s.io', versions: ['v1beta1'], kinds: ['EndpointSlice'], since: '1.25' },
  { group: 'events.k8s.io', versions: ['v1beta1'], kinds: ['Event'], since: '1.25' },
  { group: 'node.k8s.io', versions: ['v1beta1'], kinds: ['RuntimeClass'], since: '1.25' },
  { group: 'policy', versions: ['v1beta1'], kinds: ['PodSecurityPolicy'], since: '1.25', isGone: true },
  {
    group: 'flowcontrol.apiserver.k8s.io',
    versions: ['v1alpha1', 'v1beta1'],
    kinds: ['FlowSchema', 'PriorityLevelConfiguration'],
    since: '1.26',
  },
];

/** A kind in a version that Kubernetes does not serve any more: what to do, and whether it can be read as v1. */
export function retiredKind(
  apiVersion: string,
  kind: string,
): { readonly why: string; readonly isReadable: boolean } | undefined {
  const [group, version] = apiVersion.split('/');
  const found = RETIRED.find(
    (one) => one.group === group && one.versions.includes(version) && one.kinds.includes(kind),
  );
  if (found === undefined) {
    return undefined;
  }
  const instead = found.isGone ? 'remove it' : `write ${group}/v1`;
  const why = `${kind} of ${apiVersion} is not served by Kubernetes ${found.since} or newer; ${instead}`;
  return { why, isReadable: !found.isUnlike };
}
