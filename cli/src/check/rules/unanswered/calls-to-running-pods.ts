import { isDeepStrictEqual } from 'node:util';
import type { ApiCall } from '../../model/admission/api-calls.js';
import { wasWritten } from '../../model/apply/applied.js';
import { isAppliedAfter } from '../../model/apply/apply-order.js';
import { groupBy } from '../../model/values/grouped.js';
import { once } from '../../model/values/once.js';
import type { State } from '../../model/state.js';
import { webhookName } from '../../model/admission/webhook.js';
import type { Workload } from '../../model/workloads/workload.js';
import { count } from '../../../shared/format.js';
import { at, items, text, type Path } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import { inTurn } from '../in-turn.js';
import type { Breach } from '../rule.js';

/** Changes of what the API server asks its webhooks, which the pods that still run cannot answer: one for each object. */
export function callsToRunningPods(from: State, to: State): Iterable<Breach> {
  const old = new OldCalls(from);
  const isReplaced = once((workloads: readonly Workload[]) =>
    workloads.some((workload) => isTemplateChanged(workload, to)),
  );
  const changeOf = (call: ApiCall): string | undefined => {
    const before = old.same(call);
    if (before !== undefined && losesCertificate(before, call)) {
      return 'loses its caBundle, so no answer is trusted until somebody writes it again';
    }
    const service = to.serviceOf(call);
    if (service === undefined || !isReplaced(from.runningBehind(service))) {
      return undefined;
    }
    return isAppliedAfter(call.object, to.behind(service)) ? undefined : old.unknownIn(call, before);
  };
  return inTurn(groupBy(to.apiCalls, ({ object }) => object).values(), (calls) => {
    const changes = calls.flatMap((call) => {
      const change = changeOf(call);
      return change === undefined ? [] : [{ call, change }];
    });
    return changes.slice(0, 1).map(({ call, change }) => warning(call, change, changes.length - 1));
  });
}

/** What the API server asks before the change. */
class OldCalls {
  /** By object, and by webhook if it has several. */
  private readonly byObject: ReadonlyMap<ManifestObject, ReadonlyMap<unknown, ApiCall>>;
  /** The paths that a Service is asked for. */
  private readonly pathsByService: ReadonlyMap<string, ReadonlySet<string>>;

  constructor(private readonly from: State) {
    this.byObject = new Map(
      [...groupBy(from.apiCalls, ({ object }) => object)].map(([object, calls]) => [
        object,
        new Map(calls.map((call) => [call.webhook?.name, call])),
      ]),
    );
    this.pathsByService = new Map(
      [...groupBy(from.apiCalls, serviceKey)].map(([key, calls]) => [key, new Set(calls.map(urlPathOf))]),
    );
  }

  /** The same call before: the webhook of the same name, or the conversion of the same definition. */
  same({ object, webhook }: ApiCall): ApiCall | undefined {
    const before = this.from.find(object);
    return before && this.byObject.get(before)?.get(webhook?.name);
  }

  /** What the running pods do not know of a call, given what it was before. */
  unknownIn(call: ApiCall, before: ApiCall | undefined): string | undefined {
    if (before !== undefined && serviceKey(before) !== serviceKey(call)) {
      return `calls the running pods as ${nameOf(call)} in place of ${nameOf(before)}, which may not be a name in their certificate`;
    }
    if (call.webhook !== undefined || before !== undefined) {
      return this.isAsked(call) ? newVersion(before, call) : asksFor(call);
    }
    // Without a conversion before, the versions differed in nothing but their names.
    const isConverted =
      isConversion(call) && this.from.find(call.object) !== undefined && versionsOf(call.object).length > 1;
    return isConverted ? 'converts its versions, which the running pods may not do' : undefined;
  }

  private isAsked(call: ApiCall): boolean {
    return this.pathsByService.get(serviceKey(call))?.has(urlPathOf(call)) ?? false;
  }
}

/** A version of a definition that was not converted before. */
function newVersion(before: ApiCall | undefined, call: ApiCall): string | undefined {
  if (before === undefined || !isConversion(call)) {
    return undefined;
  }
  const known = new Set(versionsOf(before.object));
  const added = versionsOf(call.object).find((name) => !known.has(name));
  return added && `converts version ${added}, which the running pods may not know`;
}

function asksFor(call: ApiCall): string {
  return `asks for ${urlPathOf(call)}, which the running pods may not answer`;
}

function warning({ object, path, webhook }: ApiCall, change: string, more: number): Breach {
  return {
    object,
    path: clientPath(path),
    what: `${webhook === undefined ? 'the API server' : webhookName(webhook)} ${change}${more > 0 ? ` (and ${count(more)} more)` : ''}`,
    severity: 'warning',
    reason: 'what it is asked for is refused until the new pods run',
    fix: 'first roll out the pods, and when they are ready, apply the webhook or the definition',
  };
}

/** Whether a certificate that was written is taken away, and nothing that is known writes it again. */
function losesCertificate(before: ApiCall, call: ApiCall): boolean {
  const place = [...clientPath(before.path), 'caBundle'];
  return (
    wasWritten(before.object, place) &&
    text(at(call.object.body, ...clientPath(call.path), 'caBundle')) === undefined &&
    at(call.object.body, ...clientPath(call.path), 'insecureSkipTLSVerify') !== true &&
    !INJECTING.some((key) => at(call.object.body, 'metadata', 'annotations', key) !== undefined)
  );
}

/** Annotations by which a controller writes the caBundle. */
const INJECTING = [
  'cert-manager.io/inject-ca-from',
  'cert-manager.io/inject-ca-from-secret',
  'cert-manager.io/inject-apiserver-ca',
  'service.beta.openshift.io/inject-cabundle',
];

function isTemplateChanged({ object }: Workload, to: State): boolean {
  const after = to.find(object);
  return (
    after !== undefined &&
    !isDeepStrictEqual(at(object.body, 'spec', 'template'), at(after.body, 'spec', 'template'))
  );
}

/** Where Service and certificate of a call are. */
function clientPath(path: Path): Path {
  return path.slice(0, -1);
}

function urlPathOf({ object, path }: ApiCall): string {
  return text(at(object.body, ...path, 'path')) ?? '/';
}

function serviceKey({ namespace, service }: ApiCall): string {
  return `${namespace}/${service}`;
}

function nameOf({ namespace, service }: ApiCall): string {
  return `${service}.${namespace}.svc`;
}

function isConversion({ object }: ApiCall): boolean {
  return object.kind === 'CustomResourceDefinition';
}

function versionsOf({ body }: ManifestObject): readonly string[] {
  return items(at(body, 'spec', 'versions')).flatMap(({ item }) => text(item.name) ?? []);
}
