import { readDocuments, type Document } from './documents.js';
import { at, fields, isFields, text, type Fields, type Path } from './fields.js';
import { unknownKind, unknownVersion } from './kinds.js';
import { lineOf } from './lines.js';
import { groupOf, type ManifestObject, type Problem } from './object.js';
import type { Part } from './part.js';
import { bytesAsJson } from './json-size.js';
import { countValues, MAX_PROBLEMS, Room, TOO_MUCH } from './room.js';
import { withoutValues } from './secrets.js';
import { findPlaceholder } from './template.js';
import { TOO_DEEP } from './yaml.js';

/** What was found in a file. */
export interface Parsed {
  readonly objects: readonly ManifestObject[];
  readonly problems: readonly Problem[];
  /** Whether there may be more objects, in something that could not be read. */
  readonly isPart?: boolean;
}

const MANY_PROBLEMS = `there are ${MAX_PROBLEMS} problems before this line; what comes after it is not read`;

const NOT_OBJECT = 'this is no Kubernetes object; write one with apiVersion, kind and metadata';

/**
 * Reads the objects of a file, as kubectl does. A document that cannot be read is a problem, and the others are read all the
 * same.
 *
 * @param file its name in messages
 * @param content text, or bytes in UTF-8 or with a byte order mark
 * @param room how much may still be read; by default as much as in one check, of old and new files together
 */
export function parse(file: string, content: string | Buffer, room = new Room()): Parsed {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const found = new Found(file, room);
  if (!room.takesFile(bytes.length)) {
    return unread(file, TOO_MUCH);
  }
  for (const document of readDocuments(bytes)) {
    found.add(document);
    if (found.isOver) {
      break;
    }
  }
  return found.parsed();
}

/** The result for something that could not be read and may contain objects. */
export function unread(file: string, message: string): Parsed {
  return { objects: [], problems: [{ file, message }], isPart: true };
}

/** What is found in a file while it is read. */
class Found {
  private readonly objects: ManifestObject[] = [];
  private readonly problems: Problem[] = [];
  private isPart = false;
  /** Whether the rest is not read. */
  isOver = false;

  constructor(
    private readonly file: string,
    private readonly room: Room,
  ) {}

  parsed(): Parsed {
    const { objects, problems, isPart } = this;
    return { objects, problems, ...(isPart ? { isPart } : {}) };
  }

  add(document: Document): void {
    if (document.why !== undefined) {
      return this.fail(document.line, document.why);
    }
    const { part, line, value } = document;
    if (value === null) {
      return;
    }
    if (!isFields(value)) {
      return this.fail(line, NOT_OBJECT);
    }
    const values = countValues(value);
    if (values === Infinity) {
      return this.fail(line, TOO_DEEP);
    }
    if (!this.room.takesObject(values)) {
      this.fail(line, TOO_MUCH);
      this.isOver = true;
      return;
    }
    for (const { item, path } of expand(value)) {
      if (this.isOver) {
        return;
      }
      this.addObject(part, item, path, path.length === 0 ? line : lineOf(part, path));
    }
  }

  private addObject(part: Part, item: unknown, path: Path, line: number): void {
    const why = whyNoObject(item);
    if (why !== undefined) {
      return this.fail(line, why);
    }
    const { apiVersion, kind } = item as Fields;
    const version = unknownVersion(apiVersion as string, kind as string);
    if (version !== undefined) {
      this.report(line, version);
    }
    const placeholder = findPlaceholder(item as Fields);
    if (placeholder !== undefined) {
      return this.fail(lineOf(part, [...path, ...placeholder.path]), placeholder.why);
    }
    this.objects.push(this.toObject(part, item as Fields, path, line));
  }

  private toObject(part: Part, item: Fields, path: Path, line: number): ManifestObject {
    const apiVersion = item.apiVersion as string;
    const kind = item.kind as string;
    const metadata = fields(item.metadata);
    return {
      apiVersion,
      group: groupOf(apiVersion),
      kind,
      namespace: text(metadata.namespace) ?? '',
      ...nameIn(metadata),
      body: kind === 'Secret' ? withoutValues(item) : item,
      bytes: bytesAsJson(part, item),
      file: this.file,
      document: part.document,
      line,
      lineOf: (inner) => lineOf(part, [...path, ...inner]),
    };
  }

  /** Reports why something that may contain objects cannot be read. */
  private fail(line: number, message: string): void {
    this.report(line, message);
    this.isPart = true;
  }

  private report(line: number, message: string): void {
    const isOneMore = this.room.takesProblem();
    this.problems.push({ file: this.file, line, message: isOneMore ? message : MANY_PROBLEMS });
    if (!isOneMore) {
      this.isOver = this.isPart = true;
    }
  }
}

/** The objects of a List, including those of Lists in it, or the object itself. */
function expand(body: unknown, path: Path = []): readonly { readonly item: unknown; readonly path: Path }[] {
  const list = at(body, 'items');
  if (!text(at(body, 'kind'))?.endsWith('List') || !Array.isArray(list)) {
    return [{ item: body, path }];
  }
  return list.flatMap((item: unknown, index) => expand(item, [...path, 'items', index]));
}

/** The name of an object, or how its name begins. */
function nameIn(metadata: Fields): Pick<ManifestObject, 'name' | 'isNewEachTime'> {
  const name = text(metadata.name);
  return name ? { name } : { name: text(metadata.generateName) ?? '', isNewEachTime: true };
}

function whyNoObject(item: unknown): string | undefined {
  const apiVersion = text(at(item, 'apiVersion'));
  const kind = text(at(item, 'kind'));
  if (!apiVersion || !kind) {
    return 'this is no Kubernetes object; apiVersion or kind is missing';
  }
  // Flux and Dapr have kinds of these names, too.
  if (apiVersion.startsWith('kustomize.config.k8s.io/')) {
    return `a ${kind} has to be built first, for instance with kubectl kustomize`;
  }
  if (!text(at(item, 'metadata', 'name')) && !text(at(item, 'metadata', 'generateName'))) {
    return `this ${kind} has no metadata.name`;
  }
  return unknownKind(apiVersion, kind);
}
