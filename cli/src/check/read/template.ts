import { at, isFields, type Fields, type Path } from './fields.js';
import { isKnownKind } from './kinds.js';
import { startOf } from './yaml.js';

/** Why a template is not checked. */
export const templated = 'this is a template; render it first, for instance with helm template';
const unfilled = 'this has a variable in it; fill it in first, for instance with envsubst';

/**
 * Where a text that is no YAML is a template. Other texts have braces too, such as rules of Prometheus: so they have to be near to
 * what is wrong, in its line or the one before. If all of the document is, they have to be outside of quotes.
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

/** What may have braces in an object: what is handed to a program, and what others write about it. */
const free: ReadonlySet<string> = new Set(['annotations', 'args', 'command', 'value']);

/**
 * Where an object that is YAML already, as templates with quotes are, still has a gap in what Kubernetes itself reads: in its
 * metadata, and in the spec of a kind that is known.
 */
export function findGap(object: Fields): { readonly path: Path; readonly why: string } | undefined {
  const parts = isKnownKind(object.apiVersion, object.kind) ? ['metadata', 'spec'] : ['metadata'];
  for (const part of parts) {
    const inner = gapIn(at(object, part));
    if (inner === undefined) {
      continue;
    }
    const path = [part, ...inner];
    return { path, why: String(at(object, ...path)).includes('{{') ? templated : unfilled };
  }
  return undefined;
}

function gapIn(value: unknown): Path | undefined {
  if (typeof value === 'string') {
    return /\{\{|\$\{/.test(value) ? [] : undefined;
  }
  const parts = Array.isArray(value) ? value.entries() : isFields(value) ? Object.entries(value) : [];
  for (const [name, inner] of parts) {
    const found = free.has(String(name)) ? undefined : gapIn(inner);
    if (found !== undefined) {
      return [name, ...found];
    }
  }
  return undefined;
}
