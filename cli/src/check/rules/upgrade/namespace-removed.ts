import type { State } from '../../model/state.js';
import { at } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import type { UpgradeRule } from '../rule.js';

export const namespaceRemoved: UpgradeRule = {
  id: 'namespace-removed',
  severity: 'error',
  reason:
    'where what is no longer in the manifests is deleted, everything in the namespace, of the kind or of the application is deleted with it',
  fix: 'keep the object, or annotate it so that the deployment tool keeps it',
  check: (from, to) =>
    OWNERS.flatMap(({ group, kind, takes }) =>
      from
        .ofKind(group, kind)
        .filter((object) => to.deletes(object))
        .flatMap((object) => {
          const taken = takes(object, to);
          return taken === undefined
            ? []
            : [{ object, path: [], what: `it is not in the new manifests${taken}` }];
        }),
    ),
};

/** What goes with an object that is deleted, in words for the end of a message; none if nothing does. */
interface Owner {
  readonly group: string;
  readonly kind: string;
  readonly takes: (object: ManifestObject, to: State) => string | undefined;
}

const APPLICATION = ', and all that it has deployed goes with it';

const OWNERS: readonly Owner[] = [
  { group: '', kind: 'Namespace', takes: () => '' },
  {
    group: 'apiextensions.k8s.io',
    kind: 'CustomResourceDefinition',
    takes: ({ body }) =>
      `, and every ${String(at(body, 'spec', 'names', 'kind') ?? 'object of its kind')} of the cluster goes with it`,
  },
  {
    group: 'argoproj.io',
    kind: 'Application',
    takes: ({ body }) => {
      const finalizers = at(body, 'metadata', 'finalizers');
      return Array.isArray(finalizers) && finalizers.some((one) => String(one).startsWith(ARGO_FINALIZER))
        ? APPLICATION
        : undefined;
    },
  },
  {
    group: 'argoproj.io',
    kind: 'ApplicationSet',
    takes: ({ body }) =>
      at(body, 'spec', 'syncPolicy', 'preserveResourcesOnDeletion') === true ? undefined : APPLICATION,
  },
  {
    group: 'kustomize.toolkit.fluxcd.io',
    kind: 'Kustomization',
    takes: ({ body }) => {
      const policy = at(body, 'spec', 'deletionPolicy') ?? 'MirrorPrune';
      const deletes = policy === 'Delete' || (policy === 'MirrorPrune' && at(body, 'spec', 'prune') === true);
      return deletes && at(body, 'spec', 'suspend') !== true ? APPLICATION : undefined;
    },
  },
  {
    group: 'helm.toolkit.fluxcd.io',
    kind: 'HelmRelease',
    takes: ({ body }) => (at(body, 'spec', 'suspend') === true ? undefined : APPLICATION),
  },
];

/** With it, Argo CD deletes what an Application has deployed before it lets the Application go. */
const ARGO_FINALIZER = 'resources-finalizer.argocd.argoproj.io';
