import { groupBy } from '../../model/grouped.js';
import { earlyProxies } from '../../model/injected-proxies.js';
import { largest } from '../../model/largest.js';
import { waitOf } from '../../model/pre-stop.js';
import { POD_PATH } from '../../model/workload.js';
import { fields } from '../../read/fields.js';
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
      const metadata = (namespaces.get(object.namespace) ?? []).map(({ body }) => fields(body.metadata));
      return earlyProxies(pod, metadata, wait).map(({ key, place, name, seconds, fix }) => ({
        object,
        path: [...POD_PATH.slice(0, -1), 'metadata', ...(place === undefined ? [] : [place, key])],
        what: `${key} has ${name} inject a proxy, which ends ${seconds} s after SIGTERM, and the application waits ${wait} s in preStop; write ${fix}`,
      }));
    });
  },
};
