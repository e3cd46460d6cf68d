import { shorten } from '../../shared/untrusted-text.js';
import type { Fields, Path } from './fields.js';

/** No name of Kubernetes has more characters (RFC 1123 subdomain). */
export const MAX_NAME_LENGTH = 253;

/** What names an object. */
export interface ObjectName {
  readonly apiVersion: string;
  readonly kind: string;
  /** Empty if the manifest names none. */
  readonly namespace: string;
  readonly name: string;
}

/** An object of Kubernetes, and where it is written. */
export interface ManifestObject extends ObjectName {
  readonly file: string;
  /** The document in its file, from 1. */
  readonly document: number;
  readonly line: number;
  /** The API group; that of v1 is empty. */
  readonly group: string;
  /** Of a Secret, without its values. */
  readonly body: Fields;
  /** The bytes that it has as JSON, if they may be many. */
  readonly bytes?: number;
  /** Whether the API server completes its name (metadata.generateName), so that each time it is another object. */
  readonly isNewEachTime?: true;
  /** The line of a field, or of the nearest one around it that is written. */
  lineOf(path: Path): number;
}

/** Something that could not be checked. */
export interface Problem {
  readonly file: string;
  readonly line?: number;
  readonly message: string;
}

/** Identifies an object, whatever version of its API group it is written in. */
export function identity({ group, kind, namespace, name }: ManifestObject): string {
  return [group, kind, namespace, name].join('/');
}

/** The API group of a version such as apps/v1; that of v1 is empty. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
}

/** The name of an object in messages: a name that is longer than the API server allows is shortened. */
export function nameOf({ apiVersion, kind, namespace, name }: ObjectName): ObjectName {
  const short = (text: string) => shorten(text, MAX_NAME_LENGTH);
  return {
    apiVersion: short(apiVersion),
    kind: short(kind),
    namespace: short(namespace),
    name: short(name),
  };
}

/** The name of an object in messages: Deployment shop/web. */
export function title(object: ObjectName): string {
  const { kind, namespace, name } = nameOf(object);
  return `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`;
}
