import type { ApiObject } from 'cdk8s';
import { AbstractPod, Ingress } from 'cdk8s-plus-27';
import { ingressRules } from '../../kubernetes/cdk8s-plus';
import type { Manifest } from '../../kubernetes/manifest';
import { patchesOf } from '../../kubernetes/typed-fields';

const known = new WeakMap<ApiObject, { size: string; manifest: Manifest }>();

/**
 * The manifest of an object. It is rendered again only when something was added to the object: cdk8s validates
 * the app once more for each chart, and rendering every object each time would take quadratic time.
 */
export function rendered(object: ApiObject): Manifest {
  const size = [patchesOf(object).length, ...sizesOf(object)].join();
  let found = known.get(object);
  if (found?.size !== size) {
    found = { size, manifest: object.toJson() };
    known.set(object, found);
  }
  return found.manifest;
}

/** How much was added to an object of cdk8s-plus-27 by its methods. */
function sizesOf({ node: { scope } }: ApiObject): number[] {
  if (scope instanceof Ingress) {
    return Object.values(ingressRules(scope)).map(({ length }) => length);
  }
  if (scope instanceof AbstractPod) {
    return [...scope.containers, ...scope.initContainers]
      .flatMap(({ mounts, ports }) => [mounts.length, ports.length])
      .concat(scope.volumes.length);
  }
  return [];
}

/** A value of a manifest that should be a list: plain objects can hold anything. */
export function list(value: unknown): Manifest[] {
  return Array.isArray(value) ? value : [];
}
