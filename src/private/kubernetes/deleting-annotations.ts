import { keyPath } from '../refusals/key-path';
import { Refusal } from '../refusals/refusal';

/** Annotations that make a tool delete or replace an object before it applies it. */
const DELETING: { readonly key: string; readonly value: RegExp; readonly who: string }[] = [
  // Source: https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/
  {
    key: 'argocd.argoproj.io/sync-options',
    value: /(^|,)\s*(Force|Replace)=true\s*(,|$)/i,
    who: 'Argo CD',
  },
  // Source: https://argo-cd.readthedocs.io/en/stable/user-guide/resource_hooks/
  { key: 'argocd.argoproj.io/hook', value: /./, who: 'Argo CD' },
  // Source: https://helm.sh/docs/topics/charts_hooks/
  { key: 'helm.sh/hook', value: /./, who: 'Helm' },
  // Source: https://fluxcd.io/flux/components/kustomize/kustomizations/#force
  { key: 'kustomize.toolkit.fluxcd.io/force', value: /^enabled$/i, who: 'Flux' },
  // Source: https://carvel.dev/kapp/docs/latest/apply/#kappk14sioupdate-strategy
  { key: 'kapp.k14s.io/update-strategy', value: /^(always|fallback-on)-replace$/, who: 'kapp' },
  // Source: https://carvel.dev/kapp/docs/latest/diff/#versioned-resources
  { key: 'kapp.k14s.io/versioned', value: /^/, who: 'kapp' },
];

/**
 * Refuses annotations that make a tool delete the object.
 *
 * @param path where the annotations stand
 * @param kind of the object
 */
export function* deletingAnnotations(
  path: string,
  kind: string,
  annotations: Record<string, string>,
): Iterable<Refusal> {
  for (const { key, value, who } of DELETING) {
    if (Object.hasOwn(annotations, key) && value.test(annotations[key])) {
      yield new Refusal(
        keyPath(path, key),
        JSON.stringify(annotations[key]),
        `${who} then deletes ${kind} and makes it anew, with nothing that serves in between`,
        'Leave it out, or write acceptDowntimeOnRollout: true',
      );
    }
  }
}
