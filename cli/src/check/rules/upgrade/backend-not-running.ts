import { isAppliedAfter } from '../../model/apply/apply-order.js';
import { entriesOf, pathsOf } from '../../model/entries/entries.js';
import type { ServedPath } from '../../model/entries/served-path.js';
import { ServedPaths } from '../../model/entries/served-paths.js';
import type { State } from '../../model/state.js';
import { guardsPods, webhookName } from '../../model/admission/webhook.js';
import type { ManifestObject } from '../../read/object.js';
import { inTurn } from '../in-turn.js';
import type { Breach, UpgradeRule } from '../rule.js';
import { callsToRunningPods } from '../unanswered/calls-to-running-pods.js';

export const backendNotRunning: UpgradeRule = {
  id: 'backend-not-running',
  severity: 'error',
  reason:
    'the Ingress or route sends requests, or the API server asks for every new pod, where nobody serves before this change has rolled out',
  fix: 'first apply the Service and its pods, and when they are ready, the Ingress, the route or the webhook',
  check: (from, to) => inTurn([ofEntries, ofWebhooks, callsToRunningPods], (find) => find(from, to)),
};

/** Ingresses and routes that send requests to another Service than before. */
function ofEntries(from: State, to: State): Iterable<Breach> {
  return inTurn(to.changes(from, entriesOf(to)), ({ before, object }) => {
    const old = new ServedPaths(pathsOf(before));
    const names = new Set(pathsOf(object).flatMap((path) => switchedTo(path, old)));
    return [...names].flatMap((key) => {
      const [namespace, name] = key.split('/');
      return isStartedFor(object, to.service(namespace, name), from, to)
        ? [
            {
              object,
              path: object.kind === 'Ingress' ? ['spec', 'rules'] : ['spec'],
              what: `it sends requests to the Service ${namespace === object.namespace ? name : key}, whose pods do not run yet`,
            },
          ]
        : [];
    });
  });
}

/** The Services of a path that did not get its requests before, or not all of them. */
function switchedTo(path: ServedPath, old: ServedPaths): readonly string[] {
  const before = old.servicesFor(path);
  return path.services.filter((service) =>
    before.some((services) => !services.has(service) || (services.size > 1 && path.services.length === 1)),
  );
}

/** Webhooks that are new and guard pods, the first ones of their own Service included. */
function ofWebhooks(from: State, to: State): Iterable<Breach> {
  return inTurn(to.apiCalls, (call) => {
    const { object, path, webhook } = call;
    const isNew = webhook !== undefined && guardsPods(webhook) && from.find(object) === undefined;
    return isNew && isStartedFor(object, to.serviceOf(call), from, to)
      ? [
          {
            object,
            path: path.slice(0, 2),
            what: `new pods need ${webhookName(webhook)}, and pods of the Service ${call.service}, which answer it, do not run yet`,
          },
        ]
      : [];
  });
}

/** Whether the change starts the pods of a Service that an object needs, and no tool waits for them: none ran before. */
function isStartedFor(
  object: ManifestObject,
  service: ManifestObject | undefined,
  from: State,
  to: State,
): boolean {
  if (service === undefined || from.runningBehind(service).length > 0) {
    return false;
  }
  const started = to.behind(service);
  return started.length > 0 && !isAppliedAfter(object, started);
}
