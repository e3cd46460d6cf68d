import { groupBy } from '../../model/values/grouped.js';
import { earlyProxies, type Texts } from '../../model/workloads/injectors.js';
import { largest } from '../../model/values/largest.js';
import { waitOf } from '../../model/workloads/pre-stop.js';
import { POD_PATH } from '../../model/workloads/workload.js';
import { at, fields, text, type Fields } from '../../read/fields.js';
import { inTurn } from '../in-turn.js';
import type { StateRule } from '../rule.js';

export const injectedProxyEndsFirst: StateRule = {
  id: 'injected-proxy-ends-first',
  severity: 'warning',
  reason:
    'unless the proxy is injected as a native sidecar, requests in and out of the pod fail while the application still waits',
  fix: 'write the annotation on the pod that lets the proxy go on for as long, or have it injected as a native sidecar',
  check: (state) => {
    const namespaces = groupBy(state.ofKind('', 'Namespace'), ({ name }) => name);
    return inTurn(state.serving(), (workload) => {
      const { object, pod } = workload;
      const wait = largest([0, ...state.answering(workload).map((one) => waitOf(one, pod) ?? 0)]);
      const ofNamespace = (namespaces.get(object.namespace) ?? []).map(({ body }) => textsOf(body.metadata));
      return earlyProxies(textsOf(pod.metadata), ofNamespace, wait).map((proxy) => {
        const { name, key, isOfNamespace, seconds, annotation } = proxy;
        const [setting, value] = annotation(wait);
        return {
          object,
          path: [...POD_PATH.slice(0, -1), 'metadata', ...(isOfNamespace ? [] : placeOf(key, pod.metadata))],
          what: `${key} has ${name} inject a proxy, which ends ${seconds} s after SIGTERM, and the application waits ${wait} s in preStop; write ${setting}: '${value}' or more`,
        };
      });
    });
  },
};

/** Where the label or annotation of a pod is. */
function placeOf(key: string, metadata: Fields): readonly string[] {
  return [at(metadata, 'labels', key) === undefined ? 'annotations' : 'labels', key];
}

/** The annotations and labels of an object. */
function textsOf(metadata: unknown): Texts {
  return new Map(
    ['annotations', 'labels'].flatMap((place) =>
      Object.entries(fields(at(metadata, place))).flatMap(([key, value]): readonly [string, string][] => {
        const written = text(value);
        return written === undefined ? [] : [[key, written]];
      }),
    ),
  );
}
