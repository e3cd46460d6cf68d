import { endRunning } from '../child.js';
import { at, fields, isFields, text, type Fields } from '../read/fields.js';
import { groupOf, identity, type ManifestObject, type Problem } from '../read/object.js';
import type { Parsed } from '../read/parse.js';
import { countValues, Room, TOO_MUCH } from '../read/room.js';
import { withoutValuesOfSecret } from '../read/secrets.js';
import { appliedManifests, lastApplied } from './applied.js';
import { dryRun, type DryRun } from './dry-run.js';
import { inParallel } from './in-parallel.js';
import { ServedKinds, type ServedKind } from './kinds.js';
import { Kubectl, LiveError, type Answer, type LiveOptions } from './kubectl.js';
import { inNamespace } from './namespaces.js';
import { missingPermissions } from './permissions.js';
import { written } from './written.js';

export type { LiveOptions } from './kubectl.js';

/** The name of the file of a live object, in messages. */
const LIVE_FILE = 'live';

/**
 * The kinds of which every object in the namespaces of the manifests is read, since they decide who gets requests and how many
 * pods there are.
 */
export const LISTED_KINDS: readonly Pick<ManifestObject, 'group' | 'kind'>[] = [
  { group: 'apps', kind: 'Deployment' },
  { group: 'apps', kind: 'StatefulSet' },
  { group: 'apps', kind: 'DaemonSet' },
  { group: '', kind: 'Service' },
  { group: 'policy', kind: 'PodDisruptionBudget' },
  { group: 'autoscaling', kind: 'HorizontalPodAutoscaler' },
  { group: 'networking.k8s.io', kind: 'Ingress' },
];

/** Manifests as they are applied to a cluster, and what is there. */
export interface Live {
  readonly manifests: Parsed;
  readonly against: Parsed;
  /** If it was asked for. */
  readonly dryRun?: DryRun;
}

/**
 * Reads what manifests change in the cluster of the kubeconfig: the objects that they name, and what belongs to them in their
 * namespaces. Nothing is changed in it. Of an object that the manifests name, only the fields that they or an earlier apply set
 * are kept, so that it can be compared with a manifest.
 */
export async function readLive(
  manifests: Parsed,
  options: LiveOptions = {},
  room = new Room(),
): Promise<Live> {
  try {
    const kubectl = new Kubectl(options);
    const namespace = await kubectl.namespace();
    const { table, unknownGroups } = await kubectl.kinds();
    const kinds = new ServedKinds(table);
    const placed = inNamespace(manifests, namespace, kinds);
    const next = new Map(placed.objects.map((object) => [identity(object), object]));
    const objects: ManifestObject[] = [];
    const missing = new Set(unansweredGroups(placed.objects, kinds, unknownGroups));
    await ask(kubectl, kinds, placed.objects, (answer) => {
      for (const message of answer.missing) {
        missing.add(message);
      }
      if (!room.takesFile(answer.stdout.length)) {
        throw new LiveError(TOO_MUCH);
      }
      for (const found of objectsIn(answer.stdout)) {
        const object = toObject(found, next);
        if (!room.takesObject(countValues(object.body))) {
          throw new LiveError(TOO_MUCH);
        }
        objects.push(object);
      }
    });
    const tried = options.serverDryRun
      ? await tryObjects(placed.objects, kubectl, kinds, objects, unknownGroups)
      : undefined;
    for (const message of missingPermissions((tried?.forbidden ?? []).join('\n'))) {
      missing.add(message);
    }
    const problems = [...missing].map((message): Problem => ({ file: LIVE_FILE, message }));
    return {
      manifests: placed,
      against: { objects, problems: [...problems, ...(tried?.problems ?? [])] },
      ...(tried === undefined ? {} : { dryRun: tried }),
    };
  } catch (error) {
    // One kubectl has failed; others may wait for the same cluster.
    await endRunning();
    if (!(error instanceof LiveError)) {
      throw error;
    }
    return { manifests, against: { objects: [], problems: [{ file: LIVE_FILE, message: error.message }] } };
  }
}

/** Asks for objects, a few answers at a time, so that they are not all in memory at once. */
async function ask(
  kubectl: Kubectl,
  kinds: ServedKinds,
  objects: readonly ManifestObject[],
  take: (answer: Answer) => void,
): Promise<void> {
  const isListed = ({ group, kind }: ManifestObject) =>
    LISTED_KINDS.some((one) => one.group === group && one.kind === kind);
  const resources = LISTED_KINDS.flatMap((kind) => kinds.find(kind)?.resource ?? []).join(',');
  const namespaces = [...new Set(objects.map(({ namespace }) => namespace))].filter((one) => one !== '');
  const named = objects.flatMap((object) => {
    const kind = isListed(object) || object.isNewEachTime ? undefined : kinds.find(object);
    return kind === undefined ? [] : [nameOnly(object, kind)];
  });
  const questions = [
    ...namespaces.map((namespace) => () => kubectl.get([resources, `--namespace=${namespace}`])),
    ...(named.length === 0
      ? []
      : [
          () =>
            kubectl.get(['--filename=-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: named })),
        ]),
  ];
  await inParallel(questions, take);
}

/** Has the API server say which objects it refuses. Those of API groups that do not answer are problems already. */
function tryObjects(
  objects: readonly ManifestObject[],
  kubectl: Kubectl,
  kinds: ServedKinds,
  live: readonly ManifestObject[],
  unknownGroups: string,
): Promise<DryRun> {
  const there = new Set(live.map(identity));
  const answered = objects.filter(
    (object) => kinds.find(object) !== undefined || !unknownGroups.includes(`${object.group}/`),
  );
  return dryRun(answered, kubectl, kinds, (object) => there.has(identity(object)));
}

function nameOnly({ kind, namespace, name }: ManifestObject, { apiVersion }: ServedKind) {
  return { apiVersion, kind, metadata: { name, ...(namespace === '' ? {} : { namespace }) } };
}

/** Messages about API groups of extensions that do not answer, so that it is unknown whether their objects exist. */
function unansweredGroups(
  objects: readonly ManifestObject[],
  kinds: ServedKinds,
  unknownGroups: string,
): readonly string[] {
  const groups = new Set(
    objects.filter((object) => kinds.find(object) === undefined).map(({ group }) => group),
  );
  return [...groups]
    .filter((group) => unknownGroups.includes(`${group}/`))
    .map((group) => `the API group ${group} does not answer; kubectl get apiservices says why`);
}

/** The objects in kubectl's answer, without the values of Secrets. */
function objectsIn(json: string): readonly LiveObject[] {
  if (json.trim() === '') {
    return [];
  }
  const answer = parseJson(json);
  const list = at(answer, 'items');
  return (Array.isArray(list) ? list : [answer])
    .filter(isFields)
    .map((object) => ({ body: withoutValuesOfSecret(object), manifest: lastApplied(object) }));
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new LiveError('kubectl get printed no JSON; is the kubectl on PATH another program?');
  }
}

interface LiveObject {
  readonly body: Fields;
  readonly manifest: Fields | undefined;
}

function toObject(
  { body, manifest }: LiveObject,
  manifests: ReadonlyMap<string, ManifestObject>,
): ManifestObject {
  const apiVersion = text(body.apiVersion) ?? '';
  const metadata = fields(body.metadata);
  const object: ManifestObject = {
    file: LIVE_FILE,
    document: 1,
    line: 1,
    apiVersion,
    group: groupOf(apiVersion),
    kind: text(body.kind) ?? '',
    namespace: text(metadata.namespace) ?? '',
    name: text(metadata.name) ?? '',
    body,
    lineOf: () => 1,
  };
  const next = manifests.get(identity(object))?.body;
  if (next === undefined) {
    return object;
  }
  const compared = withStringData(body, next);
  const applied = appliedManifests(compared, manifest && withStringData(manifest, next));
  return { ...object, body: fields(written(compared, [next, ...applied], next)) };
}

/**
 * A cluster stores all values of a Secret as data. Those that the manifest writes as stringData are moved there, to be
 * compared.
 */
function withStringData(secret: Fields, next: Fields): Fields {
  const names = new Set(Object.keys(fields(next.stringData)));
  if (secret.kind !== 'Secret' || names.size === 0) {
    return secret;
  }
  const values = Object.entries({ ...fields(secret.data), ...fields(secret.stringData) });
  const stringData = values.filter(([name]) => names.has(name));
  const data = values.filter(([name]) => !names.has(name));
  return { ...secret, data: Object.fromEntries(data), stringData: Object.fromEntries(stringData) };
}
