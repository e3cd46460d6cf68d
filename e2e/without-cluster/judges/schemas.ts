import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '../../cluster/wait';
import { WITHOUT_CLUSTER_TIMEOUTS } from '../../timeouts';
import type { ApiServer } from '../servers/api-server';
import { customResources } from '../servers/custom-resources';

// OpenAPI and JSON Schema are nested maps of whatever they describe.
type Schema = any; // eslint-disable-line @typescript-eslint/no-explicit-any

/** The parts of a definition that its JSON schema keeps. */
const KEYWORDS = ['type', 'properties', 'required', 'items', 'additionalProperties', '$ref'];
const DEFINITIONS = '#/definitions/';

/** The OpenAPI document of an API server, once it has the custom resources, which the server adds after its start. */
export async function openApiOf(server: ApiServer): Promise<Schema> {
  let openApi: Schema;
  await waitFor(
    `kube-apiserver ${server.version}: publishes custom resources`,
    WITHOUT_CLUSTER_TIMEOUTS.customResourcesPublished,
    async () => {
      openApi = await server.get('/openapi/v2');
      const names = Object.keys(openApi.definitions);
      return customResources({}).every(({ kind }) => names.some((name) => name.endsWith(`.${kind}`)));
    },
  );
  return openApi;
}

/**
 * Writes a strict JSON schema for each kind that an API server knows, out of its `/openapi/v2`.
 *
 * @returns the template by which kubeconform finds them
 */
export function writeSchemas(openApi: Schema, folder: string): string {
  for (const [name, definition] of Object.entries<Schema>(openApi.definitions)) {
    for (const { group, version, kind } of definition['x-kubernetes-group-version-kind'] ?? []) {
      const parts = [kind, ...(group ? [group.split('.')[0]] : []), version];
      const file = join(folder, `${parts.join('-').toLowerCase()}.json`);
      writeFileSync(file, JSON.stringify(jsonSchema(openApi.definitions, name)));
    }
  }
  return join(folder, '{{ .ResourceKind }}{{ .KindSuffix }}.json');
}

/** The strict schema of a definition, with all that it refers to. */
export function jsonSchema(definitions: Record<string, Schema>, name: string): Schema {
  const used: Record<string, Schema> = {};
  const add = (needed: string) => {
    if (needed in used) {
      return;
    }
    used[needed] = strict(definitions[needed]);
    for (const reference of references(definitions[needed])) {
      add(reference);
    }
  };
  add(name);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    definitions: used,
    allOf: [{ $ref: `${DEFINITIONS}${name}` }],
  };
}

/** The same schema, in which objects have no other properties than those that are listed. */
function strict(schema: Schema): Schema {
  if (schema.format === 'int-or-string') {
    return { type: ['string', 'integer'] };
  }
  const result = Object.fromEntries(
    Object.entries(schema).filter(([key]) => KEYWORDS.includes(key)),
  ) as Schema;
  if (result.properties) {
    result.properties = Object.fromEntries(
      Object.entries(result.properties).map(([key, value]) => [key, strict(value)]),
    );
    result.additionalProperties ??= false;
  }
  for (const key of ['items', 'additionalProperties']) {
    if (typeof result[key] === 'object') {
      result[key] = strict(result[key]);
    }
  }
  return result;
}

/** Names of the definitions that a schema refers to. */
function references(schema: Schema): string[] {
  if (schema === null || typeof schema !== 'object') {
    return [];
  }
  return Object.entries<Schema>(schema).flatMap(([key, value]) =>
    key === '$ref' && typeof value === 'string' ? [value.slice(DEFINITIONS.length)] : references(value),
  );
}
