import { once } from '../../model/values/once.js';
import { matchesSelector } from '../../model/selectors/selector.js';
import { guardsPods, selectsNamespace, webhookName } from '../../model/admission/webhook.js';
import type { Workload } from '../../model/workloads/workload.js';
import { title } from '../../read/object.js';
import { inTurn } from '../in-turn.js';
import type { StateRule } from '../rule.js';

export const webhookBlocksItself: StateRule = {
  id: 'webhook-blocks-itself',
  severity: 'error',
  reason:
    'once none of its pods answers, none can be created any more, and everything that the webhook guards is refused until somebody deletes it',
  fix: 'exclude its namespace: namespaceSelector with kubernetes.io/metadata.name NotIn it, or failurePolicy: Ignore',
  check: (state) => {
    const firstSelected = once((workloads: readonly Workload[]) =>
      once((selector: string) =>
        workloads.find(({ pod }) => matchesSelector(JSON.parse(selector), pod.labels)),
      ),
    );
    return inTurn(state.apiCalls, (call) => {
      const { object, path, webhook } = call;
      const service = state.serviceOf(call);
      if (webhook === undefined || service === undefined || !guardsPods(webhook)) {
        return [];
      }
      if (selectsNamespace(webhook, call.namespace, state.namespace(call.namespace)) !== true) {
        return [];
      }
      const selector = JSON.stringify(webhook.objectSelector ?? {});
      const guarded = firstSelected(state.runningBehind(service))(selector);
      if (guarded === undefined) {
        return [];
      }
      return [
        {
          object,
          path: path.slice(0, 2),
          what: `${webhookName(webhook)} has to allow the pods of ${title(guarded.object)}, which answer it`,
        },
      ];
    });
  },
};
