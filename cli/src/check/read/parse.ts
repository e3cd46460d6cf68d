import { at, fields, isFields, text, type Fields, type Path } from './fields.js';
import { unknownKind, unknownVersion } from './kinds.js';
import { Lines } from './lines.js';
import { groupOf, type ManifestObject, type Problem } from './object.js';
import { withoutValues } from './secrets.js';
import { split, type Part } from './split.js';
import { findGap, templateAt, templated } from './template.js';
import { readYaml } from './yaml.js';

/** What was found in a file. */
export interface Parsed {
  readonly objects: readonly ManifestObject[];
  readonly problems: readonly Problem[];
}

/** Reads the objects of a file. A document that cannot be read is a problem, and the others are read all the same. */
export function parse(file: string, content: string): Parsed {
  const parsed = split(content).map((part) => parseDocument(file, part));
  return {
    objects: parsed.flatMap(({ objects }) => objects),
    problems: parsed.flatMap(({ problems }) => problems),
  };
}

function parseDocument(file: string, { text: content, document, linesBefore }: Part): Parsed {
  const read = readYaml(content);
  const lines = new Lines(read.text, linesBefore);
  const failed = (line: number, message: string): Parsed => ({
    objects: [],
    problems: [{ file, line, message }],
  });

  if (read.why !== undefined) {
    const template = templateAt(content, read.offset);
    return failed(lines.at(template ?? read.offset), template === undefined ? read.why : templated);
  }
  if (read.value === null) return { objects: [], problems: [] };
  if (!isFields(read.value)) {
    return failed(lines.of([]), 'this is no Kubernetes object; write one with apiVersion, kind and metadata');
  }

  const objects: ManifestObject[] = [];
  const problems: Problem[] = [];
  for (const { item, path } of expand(read.value)) {
    const why = whyNoObject(item);
    const version = why === undefined ? unknownVersion((item as Fields).apiVersion as string) : undefined;
    const gap = why === undefined ? findGap(item as Fields) : undefined;
    const message = why ?? version;
    if (message !== undefined) problems.push({ file, line: lines.of(path), message });
    if (gap) problems.push({ file, line: lines.of([...path, ...gap.path]), message: gap.why });
    if (why === undefined && gap === undefined) {
      objects.push({
        ...headOf(item as Fields),
        file,
        document,
        get line() {
          return lines.of(path);
        },
        lineOf: (inner) => lines.of([...path, ...inner]),
      });
    }
  }
  return { objects, problems };
}

/** The objects of a List, of Lists in it too, and of everything else itself. */
function expand(body: unknown, path: Path = []): readonly { readonly item: unknown; readonly path: Path }[] {
  const list = at(body, 'items');
  if (!text(at(body, 'kind'))?.endsWith('List') || !Array.isArray(list)) return [{ item: body, path }];
  return list.flatMap((item: unknown, index) => expand(item, [...path, 'items', index]));
}

function whyNoObject(item: unknown): string | undefined {
  const apiVersion = text(at(item, 'apiVersion'));
  const kind = text(at(item, 'kind'));
  if (!apiVersion || !kind) return 'this is no Kubernetes object; apiVersion or kind is missing';
  if (kind === 'Kustomization' || kind === 'Component') {
    return `a ${kind} has to be built first, for instance with kubectl kustomize`;
  }
  if (!text(at(item, 'metadata', 'name'))) return `this ${kind} has no metadata.name`;
  return unknownKind(apiVersion, kind);
}

function headOf(item: Fields) {
  const apiVersion = item.apiVersion as string;
  const kind = item.kind as string;
  const metadata = fields(item.metadata);
  return {
    apiVersion,
    group: groupOf(apiVersion),
    kind,
    namespace: text(metadata.namespace) ?? '',
    name: metadata.name as string,
    body: kind === 'Secret' ? withoutValues(item) : item,
  };
}
