import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTerminationSignal } from '../../shared/termination-signals.js';
import { shorten } from '../../shared/untrusted-text.js';
import { groupBy } from '../model/values/grouped.js';
import type { ServerDryRun, ServerRefusal } from '../model/apply/server-dry-run.js';
import { at, fields, type Fields, type Path } from '../read/fields.js';
import { title, type ManifestObject, type Problem } from '../read/object.js';
import { inParallel } from './in-parallel.js';
import type { ServedKinds } from './kinds.js';
import type { Kubectl } from './kubectl.js';
import { isForbidden } from './permissions.js';
import { fileName, type Refusal } from './refusals.js';

/** What an API server said, and what kept it from saying more. */
export interface DryRun extends ServerDryRun {
  readonly problems: readonly Problem[];
  /** What it said about missing permissions. */
  readonly forbidden: readonly string[];
}

/** How many objects one kubectl applies, so that it does not take too long. */
const PER_KUBECTL = 250;
/** The most characters of a message of the API server. */
const MAX_LENGTH = 600;

/** An object of no kind, which is always refused. */
const NONE = { apiVersion: 'none.invalid/v1', kind: 'None', metadata: { name: 'none' } };

/**
 * Applies objects without keeping anything, and says what is refused.
 *
 * @param isThere whether an object is in the cluster already
 */
export async function dryRun(
  objects: readonly ManifestObject[],
  kubectl: Kubectl,
  kinds: ServedKinds,
  isThere: (object: ManifestObject) => boolean,
): Promise<DryRun> {
  const defined = definedKinds(objects);
  const whyNotYet = (object: ManifestObject) =>
    kinds.find(object) === undefined && defined.has(`${object.group}/${object.kind}`)
      ? 'its CustomResourceDefinition is not in the cluster yet'
      : whyNever(object);
  const notTried: Problem[] = [];
  const tried: ManifestObject[] = [];
  for (const object of objects) {
    const why = whyNotYet(object);
    if (why === undefined) {
      tried.push(object);
    } else {
      notTried.push(noteOf(object, why));
    }
  }
  const refusals = await applyAll(tried, kubectl);

  const coming = groupBy(
    objects.filter((object) => !isThere(object)),
    ({ name }) => name,
  );
  const result = {
    refused: [] as ServerRefusal[],
    notTried,
    problems: [] as Problem[],
    forbidden: [] as string[],
  };
  for (const { object, reason, message } of refusals) {
    const why = whyTooEarly(message, coming);
    if (isForbidden(message)) {
      result.forbidden.push(message);
    } else if (why !== undefined) {
      result.notTried.push(noteOf(object, why));
    } else if (reason === undefined && !message.startsWith('no matches for kind')) {
      const { file, line } = object;
      result.problems.push({
        file,
        line,
        message: `the server-side dry run failed: ${shorten(message, MAX_LENGTH)}`,
      });
    } else {
      result.refused.push(refusalOf(object, reason, message));
    }
  }
  return result;
}

type RefusedObject = Refusal & { readonly object: ManifestObject };

/** Applies objects, some with each kubectl. */
async function applyAll(
  objects: readonly ManifestObject[],
  kubectl: Kubectl,
): Promise<readonly RefusedObject[]> {
  const root = mkdtempSync(join(tmpdir(), 'zero-downtime-'));
  const remove = () => rmSync(root, { recursive: true, force: true });
  const release = onTerminationSignal(remove);
  try {
    const parts = Array.from({ length: Math.ceil(objects.length / PER_KUBECTL) }, (_, part) =>
      objects.slice(part * PER_KUBECTL, (part + 1) * PER_KUBECTL),
    );
    const refused: RefusedObject[] = [];
    await inParallel(
      parts.map((part, index) => async () => {
        const folder = join(root, String(index));
        mkdirSync(folder);
        [NONE, ...part.map(toSend)].forEach((body, number) =>
          writeFileSync(join(folder, fileName(number)), JSON.stringify(body)),
        );
        return (await kubectl.applyDryRun(folder)).map((refusal) => ({
          ...refusal,
          object: part[refusal.file - 1],
        }));
      }),
      (refusals) => {
        for (const refusal of refusals.filter(({ object }) => object !== undefined)) {
          refused.push(refusal);
        }
      },
    );
    return refused;
  } finally {
    release();
    remove();
  }
}

/** The kinds that CustomResourceDefinitions among some objects define. */
function definedKinds(objects: readonly ManifestObject[]): ReadonlySet<string> {
  return new Set(
    objects
      .filter(({ kind }) => kind === 'CustomResourceDefinition')
      .map(({ body }) => `${String(at(body, 'spec', 'group'))}/${String(at(body, 'spec', 'names', 'kind'))}`),
  );
}

/** Why an object cannot be tried in any cluster. */
function whyNever({ isNewEachTime, kind, body }: ManifestObject): string | undefined {
  if (isNewEachTime) {
    return 'kubectl apply takes no generateName';
  }
  return kind === 'Secret' && body.immutable === true
    ? 'it is immutable, and its values are not sent'
    : undefined;
}

/** Why an object is refused only because another one is not there yet, or because dry runs are not possible. */
function whyTooEarly(
  message: string,
  coming: ReadonlyMap<string, readonly ManifestObject[]>,
): string | undefined {
  const [, resource = '', name = ''] = /(\S+) "([^"]+)" not found/.exec(message) ?? [];
  const other = coming.get(name)?.find(({ kind }) => resource.startsWith(kind.toLowerCase()));
  if (other !== undefined) {
    return `${title(other)} is not in the cluster yet`;
  }
  return message.includes('does not support dry run') ? shorten(message, MAX_LENGTH) : undefined;
}

function noteOf({ file, line }: ManifestObject, why: string): Problem {
  return { file, line, message: `the server-side dry run, as ${why}` };
}

/** An object as it is applied. Of a Secret the values are not known any more, so it has others that are as valid. */
function toSend({ body, kind, namespace }: ManifestObject): Fields {
  const placed = namespace === '' ? body : { ...body, metadata: { ...fields(body.metadata), namespace } };
  if (kind !== 'Secret') {
    return placed;
  }
  const json = (data: unknown, empty: string) =>
    Object.fromEntries(
      Object.entries(fields(data)).map(([name, value]) => [name, /^\.docker/.test(name) ? empty : value]),
    );
  return {
    ...placed,
    ...('data' in body ? { data: json(body.data, 'e30=') } : {}),
    ...('stringData' in body ? { stringData: json(body.stringData, '{}') } : {}),
  };
}

function refusalOf(object: ManifestObject, reason = 'NotFound', message: string): ServerRefusal {
  if (object.kind === 'Secret') {
    const what = `the API server refuses it (${reason}); its words are not shown, as they may have a value in them`;
    return { object, path: [], what };
  }
  return { object, path: pathIn(message), what: `the API server says: ${shorten(message, MAX_LENGTH)}` };
}

/** The first field that a message is about. */
function pathIn(message: string): Path {
  const [, field = ''] =
    /is invalid: \[?(\w[^\s:]*): /.exec(message) ?? /unknown field "([^"]+)"/.exec(message) ?? [];
  return [...field.matchAll(/\[([^\]]*)\]|[^.[\]]+/g)].map(([part, inBrackets = part]) =>
    /^\d+$/.test(inBrackets) ? Number(inBrackets) : inBrackets,
  );
}
