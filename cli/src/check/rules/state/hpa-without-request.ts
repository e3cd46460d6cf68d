import { groupBy } from '../../model/values/grouped.js';
import { once } from '../../model/values/once.js';
import type { Container, Pod } from '../../model/workloads/pod.js';
import { at, items } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import { inTurn } from '../in-turn.js';
import type { StateRule } from '../rule.js';

export const hpaWithoutRequest: StateRule = {
  id: 'hpa-without-request',
  severity: 'warning',
  reason:
    'the autoscaler measures a share of what the pods ask for, and without a request it never adds a pod',
  fix: 'give every container of the pod resources.requests, or measure one container (type: ContainerResource)',
  check: (state) => {
    const ranges = groupBy(state.ofKind('', 'LimitRange'), ({ namespace }) => namespace);
    const given = once((namespace: string) => defaultsIn(ranges.get(namespace) ?? []));
    const lackingIn = once((pod: Pod) => new Map(RESOURCES.map((one) => [one, withoutRequest(pod, one)])));
    return inTurn(state.autoscalers, (autoscaler) => {
      const { object, metrics } = autoscaler;
      const scaled = state.scaledBy(autoscaler);
      if (scaled === undefined || scaled.replicas === 0) {
        return [];
      }
      return metrics.flatMap(({ path, shareOf = '', container }) => {
        const lacking = lackingIn(scaled.pod).get(shareOf);
        const [first] = lacking?.values() ?? [];
        const found = container === undefined ? first : lacking?.get(container);
        if (found === undefined || given(scaled.object.namespace).has(shareOf)) {
          return [];
        }
        const what = `container ${found.name} has no ${shareOf} request, so the ${shareOf} utilization of its pods has no value`;
        return [{ object, path, what }];
      });
    });
  },
};

/** The resources of which a share can be measured. */
const RESOURCES: readonly string[] = ['cpu', 'memory'];

/** The containers that ask for nothing of a resource, by name. A limit counts as a request. */
function withoutRequest({ spec, containers }: Pod, resource: string): ReadonlyMap<string, Container> {
  // Where nothing is written, the cluster may give every container a request.
  if (at(spec, 'resources') !== undefined || !containers.some((one) => one.spec.resources)) {
    return new Map();
  }
  const lacking = containers.filter(
    (one) =>
      !one.isSidecar &&
      ['requests', 'limits'].every((kind) => at(one.spec, 'resources', kind, resource) === undefined),
  );
  return new Map(lacking.map((one) => [one.name, one]));
}

/** The resources of which a container that names no request gets one. */
function defaultsIn(ranges: readonly ManifestObject[]): ReadonlySet<string> {
  const limits = ranges.flatMap(({ body }) => items(at(body, 'spec', 'limits')));
  const isGiven = (resource: string) =>
    limits.some(({ item }) =>
      ['default', 'defaultRequest'].some((field) => at(item, field, resource) !== undefined),
    );
  return new Set(RESOURCES.filter(isGiven));
}
