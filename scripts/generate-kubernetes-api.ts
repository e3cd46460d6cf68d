import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { API_SERVERS, minorOf } from '../e2e/without-cluster/servers/versions';
import { downloadGoModule } from './go-module';

/** The last patch of each older minor version that the Go module proxy has. Newer ones are those that tests start. */
const OLDER = ['v1.27.16', 'v1.28.15', 'v1.29.15', 'v1.30.14', 'v1.31.14', 'v1.32.13', 'v1.33.9'];
const VERSIONS = [...OLDER, ...API_SERVERS];

const IMPORTS = fileURLToPath(new URL('../imports', import.meta.url));
const TARGET = fileURLToPath(new URL('../cli/src/check/kubernetes/api.json', import.meta.url));

/** The part of an OpenAPI 2 document that is used here. */
interface Document {
  readonly definitions: Readonly<Record<string, Schema>>;
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema;
  readonly 'x-kubernetes-group-version-kind'?: readonly Kind[];
}

interface Kind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** Names with the type of each, such as `affinity:core.v1.Affinity`, and the minor versions that have them. */
type Names = Map<string, number[]>;

/** The kinds of each API version, and the fields of each type. */
const apis = new Map<string, Names>();
const types = new Map<string, Names>();

function read(minor: number, { definitions, paths }: Document): void {
  const typeOfKind = new Map<string, string>();
  for (const [name, schema] of Object.entries(definitions)) {
    for (const kind of schema['x-kubernetes-group-version-kind'] ?? []) {
      typeOfKind.set(JSON.stringify(kind), name);
    }
  }
  const reached = new Set<string>();
  for (const kind of createdKinds(paths)) {
    const type = typeOfKind.get(JSON.stringify(kind));
    if (type === undefined) {
      throw new Error(`1.${minor} has no type for ${JSON.stringify(kind)}`);
    }
    const apiVersion = kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
    add(apis, apiVersion, `${kind.kind}:${shortName(type)}`, minor);
    reach(type, definitions, reached);
  }
  for (const type of reached) {
    for (const [field, schema] of Object.entries(definitions[type].properties ?? {})) {
      add(types, shortName(type), field + written(schema, definitions), minor);
    }
  }
}

/** The kinds of the objects that a manifest can create: those of collections, not of subresources. */
function createdKinds(paths: Document['paths']): readonly Kind[] {
  return Object.entries(paths)
    .filter(([path]) => !path.replace('{namespace}/', '').includes('{'))
    .flatMap(([, { post }]) => {
      const kind = (post as { 'x-kubernetes-group-version-kind'?: Kind } | undefined)?.[
        'x-kubernetes-group-version-kind'
      ];
      return kind === undefined ? [] : [{ group: kind.group, kind: kind.kind, version: kind.version }];
    });
}

function reach(type: string, definitions: Document['definitions'], reached: Set<string>): void {
  if (reached.has(type)) {
    return;
  }
  reached.add(type);
  for (const schema of Object.values(definitions[type].properties ?? {})) {
    const inner = typeIn(schema, definitions)?.name;
    if (inner !== undefined) {
      reach(inner, definitions, reached);
    }
  }
}

/** The type of a field with known fields, of its list elements or of its map values. */
function typeIn(
  schema: Schema,
  definitions: Document['definitions'],
  isMap = false,
): { readonly name: string; readonly isMap: boolean } | undefined {
  if (schema.items !== undefined) {
    return typeIn(schema.items, definitions, isMap);
  }
  if (schema.additionalProperties !== undefined) {
    return typeIn(schema.additionalProperties, definitions, true);
  }
  const name = schema.$ref?.replace('#/definitions/', '');
  // A type without fields may be anything: a quantity, a time, JSON.
  return name === undefined || definitions[name].properties === undefined ? undefined : { name, isMap };
}

function written(schema: Schema, definitions: Document['definitions']): string {
  const type = typeIn(schema, definitions);
  return type === undefined ? '' : `:${type.isMap ? '*' : ''}${shortName(type.name)}`;
}

/** io.k8s.api.core.v1.Pod is core.v1.Pod here. */
function shortName(definition: string): string {
  return definition.split('.').slice(-3).join('.');
}

function add(all: Map<string, Names>, key: string, name: string, minor: number): void {
  const names = all.get(key) ?? new Map<string, number[]>();
  all.set(key, names);
  names.set(name, [...(names.get(name) ?? []), minor]);
}

/** Names in one line, each with the first and the last minor version that has it, unless that is each of these. */
function toLine(names: Names, minors: readonly number[]): string {
  return [...names]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, having]) => {
      const [first, last] = [having[0], having[having.length - 1]];
      if (having.length !== last - first + 1) {
        throw new Error(`${name} is in ${having.join(', ')} only: write each range`);
      }
      const from = first === minors[0] ? '' : String(first);
      const to = last === minors[minors.length - 1] ? '' : String(last);
      return from + to === '' ? name : `${name}@${from}-${to}`;
    })
    .join(' ');
}

/** @param minorsOf the minor versions that have something of this key */
function toLines(
  all: Map<string, Names>,
  minorsOf: (names: Names) => readonly number[],
): Record<string, string> {
  return Object.fromEntries(
    [...all]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, names]) => [key, toLine(names, minorsOf(names))]),
  );
}

async function main(): Promise<void> {
  const minors = VERSIONS.map((version) => Number(minorOf(version).split('.')[1]));
  for (const [index, version] of VERSIONS.entries()) {
    const { folder } = downloadGoModule(IMPORTS, `k8s.io/kubernetes@${version}`);
    read(minors[index], JSON.parse(readFileSync(join(folder, 'api/openapi-spec/swagger.json'), 'utf8')));
  }
  const about = 'Generated by `npm run kubernetes-api`; do not edit. See cli/src/check/kubernetes/api.ts.';
  const table = {
    about,
    minors,
    apis: toLines(apis, () => minors),
    types: toLines(types, (names) =>
      minors.filter((minor) => [...names.values()].some((having) => having.includes(minor))),
    ),
  };
  writeFileSync(
    TARGET,
    await format(JSON.stringify(table), { ...(await resolveConfig(TARGET)), filepath: TARGET }),
  );
}

main().catch((error: Error) => {
  console.error(`cli/src/check/kubernetes/api.json was not generated: ${error.message}`);
  process.exitCode = 1;
});
