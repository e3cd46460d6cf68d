import { isServedKind } from '../kubernetes/api.js';
import { at, isFields, type Fields, type Path } from './fields.js';
import { groupOf } from './object.js';
import { startOf } from './yaml.js';

/** Why a template is not checked. */
export const TEMPLATED = 'this is a template; render it first, for instance with helm template';
const UNFILLED = 'this has a variable in it; fill it in first, for instance with envsubst';

/**
 * Where a text that is not YAML has a template. Other texts have braces too, such as rules of Prometheus, so the braces have to
 * be near the error, in its line or the one before. If the error is about the whole document, they have to be outside of
 * quotes.
 */
export function templateAt(text: string, offset: number): number | undefined {
  const before = text.lastIndexOf('\n', text.lastIndexOf('\n', offset - 1) - 1) + 1;
  const end = text.indexOf('\n', offset);
  if (text.slice(before, end < 0 ? undefined : end).includes('{{')) {
    return offset;
  }
  const unquoted = offset === startOf(text) ? /^[^'"#\n]*\{\{/m.exec(text) : null;
  return unquoted === null ? undefined : unquoted.index;
}

/** The fields that may contain braces: what is passed to a program, and annotations. */
const FREE_FIELDS: ReadonlySet<string> = new Set(['annotations', 'args', 'command', 'value']);

/** The API groups whose specs have no texts with braces but in these fields. Definitions of kinds describe templates, for instance. */
const SEARCHED_GROUPS: ReadonlySet<string> = new Set([
  '',
  'apps',
  'autoscaling',
  'batch',
  'networking.k8s.io',
  'policy',
]);

/**
 * Finds a placeholder in an object that is valid YAML, as quoted templates are. Only what Kubernetes itself reads is searched:
 * the metadata, and the spec of some kinds.
 */
export function findPlaceholder(object: Fields): { readonly path: Path; readonly why: string } | undefined {
  const [apiVersion, kind] = [String(object.apiVersion), String(object.kind)];
  const isSearched = SEARCHED_GROUPS.has(groupOf(apiVersion)) && isServedKind(apiVersion, kind);
  const parts = isSearched ? ['metadata', 'spec'] : ['metadata'];
  for (const part of parts) {
    const inner = placeholderIn(at(object, part));
    if (inner === undefined) {
      continue;
    }
    const path = [part, ...inner];
    return { path, why: String(at(object, ...path)).includes('{{') ? TEMPLATED : UNFILLED };
  }
  return undefined;
}

function placeholderIn(value: unknown): Path | undefined {
  if (typeof value === 'string') {
    return /\{\{|\$\{/.test(value) ? [] : undefined;
  }
  const parts = Array.isArray(value) ? value.entries() : isFields(value) ? Object.entries(value) : [];
  for (const [name, inner] of parts) {
    const found = FREE_FIELDS.has(String(name)) ? undefined : placeholderIn(inner);
    if (found !== undefined) {
      return [name, ...found];
    }
  }
  return undefined;
}
