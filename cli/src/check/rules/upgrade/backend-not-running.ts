import { pathsOf } from '../../model/ingress.js';
import { ServedPaths } from '../../model/served-paths.js';
import type { State } from '../../model/state.js';
import { guardsPods, webhookName } from '../../model/webhook.js';
import { inTurn } from '../in-turn.js';
import type { Breach, UpgradeRule } from '../rule.js';

export const backendNotRunning: UpgradeRule = {
  id: 'backend-not-running',
  severity: 'error',
  reason:
    'the Ingress sends requests, or the API server asks for every new pod, where nobody serves before this change has rolled out',
  fix: 'first apply the Service and its pods, and when they are ready, the Ingress or the webhook',
  check: (from, to) => inTurn([ofIngresses, ofWebhooks], (find) => find(from, to)),
};

function ofIngresses(from: State, to: State): Iterable<Breach> {
  return inTurn(to.changes(from, to.ofKind('networking.k8s.io', 'Ingress')), ({ before, object }) => {
    const old = new ServedPaths(pathsOf(before));
    const switched = pathsOf(object).filter(
      (path) =>
        path.service !== undefined &&
        old.servicesFor(path).some((services) => services.size > 1 || !services.has(path.service)),
    );
    const names = [...new Set(switched.map(({ service }) => service ?? ''))];
    return names.flatMap((name) => {
      const service = to.beside(object, '', 'Service', name);
      if (service === undefined || to.behind(service).length === 0) {
        return [];
      }
      if (from.runningBehind(service).length > 0) {
        return [];
      }
      return [
        {
          object,
          path: ['spec', 'rules'],
          what: `it sends requests to the Service ${name}, whose pods do not run yet`,
        },
      ];
    });
  });
}

/** Webhooks that are new and guard pods, the first ones of their own Service included. */
function ofWebhooks(from: State, to: State): Iterable<Breach> {
  return inTurn(to.apiCalls, (call) => {
    const { object, path, webhook } = call;
    const service = to.serviceOf(call);
    if (webhook === undefined || service === undefined || !guardsPods(webhook)) {
      return [];
    }
    if (from.find(object) !== undefined || to.behind(service).length === 0) {
      return [];
    }
    if (from.runningBehind(service).length > 0) {
      return [];
    }
    return [
      {
        object,
        path: path.slice(0, 2),
        what: `new pods need ${webhookName(webhook)}, and pods of the Service ${call.service}, which answer it, do not run yet`,
      },
    ];
  });
}
