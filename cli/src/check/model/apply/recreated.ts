import { at, text } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import { textsIn } from '../entries/doors.js';
import { annotation } from '../services/service.js';

/** A setting by which a tool deletes an object and makes it anew. */
export interface Recreation {
  /** The annotation, or the label. */
  readonly name: string;
  readonly value: string;
  /** Whether that happens in each deployment, or only where the API server refuses a change. */
  readonly always: boolean;
  /** Whether it is not there afterwards, as a hook that has succeeded. */
  readonly isGone?: boolean;
}

const SYNC_OPTIONS = 'argocd.argoproj.io/sync-options';
const FLUX_FORCE = 'kustomize.toolkit.fluxcd.io/force';

/** The setting of an object by which a tool deletes it and makes it anew. */
export function recreationOf(object: ManifestObject): Recreation | undefined {
  return ofArgo(object) ?? ofFlux(object) ?? ofHelmHook(object) ?? ofArgoHook(object);
}

/**
 * Whether no change of an object is refused, since a tool deletes the old one first. A hook counts also if it runs only once: it
 * is not applied again.
 */
export function isReplaced(object: ManifestObject): boolean {
  return (
    recreationOf(object) !== undefined ||
    ['helm.sh/hook', 'argocd.argoproj.io/hook'].some((name) => annotation(object, name) !== undefined)
  );
}

/** The settings of an Application, or a Kustomization of Flux, that do so with all objects that it deploys. */
export function recreationOfAll({ group, kind, body }: ManifestObject): Recreation | undefined {
  if (group === 'argoproj.io' && kind === 'Application') {
    const options = textsIn(at(body, 'spec', 'syncPolicy', 'syncOptions')).join();
    return argoOptions('spec.syncPolicy.syncOptions', options);
  }
  if (
    group === 'kustomize.toolkit.fluxcd.io' &&
    kind === 'Kustomization' &&
    at(body, 'spec', 'force') === true
  ) {
    return { name: 'spec.force', value: 'true', always: false };
  }
  return undefined;
}

function ofArgo(object: ManifestObject): Recreation | undefined {
  return argoOptions(SYNC_OPTIONS, annotation(object, SYNC_OPTIONS) ?? '');
}

function argoOptions(name: string, value: string): Recreation | undefined {
  const options = new Set(value.split(',').map((option) => option.trim()));
  return options.has('Force=true') ? { name, value, always: options.has('Replace=true') } : undefined;
}

function ofFlux(object: ManifestObject): Recreation | undefined {
  const value = annotation(object, FLUX_FORCE) ?? text(at(object.body, 'metadata', 'labels', FLUX_FORCE));
  return value?.toLowerCase() === 'enabled' ? { name: FLUX_FORCE, value, always: false } : undefined;
}

/** Helm deletes a hook before it makes it anew, unless another policy is written; one for installs alone stays. */
function ofHelmHook(object: ManifestObject): Recreation | undefined {
  const value = annotation(object, 'helm.sh/hook') ?? '';
  const policy = annotation(object, 'helm.sh/hook-delete-policy') ?? 'before-hook-creation';
  return /\b(?:pre|post)-(?:upgrade|rollback)\b/.test(value) &&
    /before-hook-creation|hook-succeeded/.test(policy)
    ? { name: 'helm.sh/hook', value, always: true, isGone: policy.includes('hook-succeeded') }
    : undefined;
}

/** The same in Argo CD, where a hook is for each sync. */
function ofArgoHook(object: ManifestObject): Recreation | undefined {
  const value = annotation(object, 'argocd.argoproj.io/hook') ?? '';
  const policy = annotation(object, 'argocd.argoproj.io/hook-delete-policy') ?? 'BeforeHookCreation';
  return /\b(?:PreSync|Sync|PostSync)\b/.test(value) && /BeforeHookCreation|HookSucceeded/.test(policy)
    ? { name: 'argocd.argoproj.io/hook', value, always: true, isGone: policy.includes('HookSucceeded') }
    : undefined;
}
