import { shorten } from '../shared/untrusted-text.js';
import type { Config, IgnoredObjects } from './config/config.js';
import { IgnoredByConfig } from './config/ignored-objects.js';
import { MAX_TEXT_LENGTH } from './finding.js';
import { at, text } from './read/fields.js';
import type { ManifestObject, Problem } from './read/object.js';
import { MAX_PROBLEMS } from './read/room.js';

/** The annotation that says which rules do not apply to an object, and why. */
export const IGNORE_ANNOTATION = 'zero-downtime/ignore';

/** A rule that does not apply to an object, or to some. */
export interface Ignore {
  readonly rule: string;
  readonly reason: string;
  readonly by: 'annotation' | 'config';
  /** What to say when nothing is found that it ignores. */
  readonly unused: Problem;
}

/** Which findings are ignored, and which ignores are never used. */
export class Ignores {
  readonly problems: readonly Problem[];
  private readonly annotations = new Map<ManifestObject, readonly Ignore[]>();
  private readonly byConfig: IgnoredByConfig;
  /** The ignores of the configuration, in the order of its entries. */
  private readonly entries: readonly Ignore[];
  private readonly used = new Set<Ignore>();

  /**
   * @param before the objects before the change: their annotations count, but mistakes in them are not reported, as it is too
   * late to fix them
   */
  constructor(
    private readonly objects: readonly ManifestObject[],
    before: readonly ManifestObject[],
    config: Config,
    ruleIds: ReadonlySet<string>,
  ) {
    const readAll = (some: readonly ManifestObject[]) => {
      const all: Problem[] = [];
      for (const object of some) {
        const { ignores, problems } = readIgnores(object, ruleIds);
        if (ignores.length > 0) {
          this.annotations.set(object, ignores);
        }
        for (const problem of problems.slice(0, MAX_PROBLEMS - all.length)) {
          all.push(problem);
        }
      }
      return all;
    };
    this.problems = readAll(objects);
    readAll(before);
    const { ignore = [] } = config;
    this.byConfig = new IgnoredByConfig(ignore);
    this.entries = ignore.map(toIgnore);
  }

  /** What ignores a rule on an object. */
  find(rule: string, object: ManifestObject): Ignore | undefined {
    const found =
      this.annotations.get(object)?.find((ignore) => ignore.rule === rule) ?? this.inConfig(rule, object);
    if (found) {
      this.used.add(found);
    }
    return found;
  }

  private inConfig(rule: string, object: ManifestObject): Ignore | undefined {
    const place = this.byConfig.find(rule, object);
    return place === undefined ? undefined : this.entries[place];
  }

  /** Of the given rules, the ignores in the new objects and in the configuration that matched no finding. */
  unused(rules: ReadonlySet<string>): readonly Problem[] {
    const all = [...this.objects.flatMap((object) => this.annotations.get(object) ?? []), ...this.entries];
    return all
      .filter((ignore) => rules.has(ignore.rule) && !this.used.has(ignore))
      .map(({ unused }) => unused);
  }
}

/** The most mistakes in one annotation that are reported. */
const MAX_MISTAKES = 100;

/** Reads the annotation: a line for each rule, `rule-id: reason`. */
function readIgnores(object: ManifestObject, ruleIds: ReadonlySet<string>) {
  const written = text(at(object.body, 'metadata', 'annotations', IGNORE_ANNOTATION));
  if (written === undefined) {
    return { ignores: [], problems: [] };
  }
  const ignores = new Map<string, Ignore>();
  const problems: Problem[] = [];
  const here = (message: string): Problem => ({
    file: object.file,
    line: object.lineOf(['metadata', 'annotations', IGNORE_ANNOTATION]),
    message: `${IGNORE_ANNOTATION}: ${message}`,
  });
  for (const line of written.split('\n').filter((one) => one.trim() !== '')) {
    if (problems.length === MAX_MISTAKES) {
      break;
    }
    const [rule, reason] = parts(line);
    if (!/^[\w-]+$/.test(rule) || reason === '') {
      problems.push(here('write a rule and a reason, such as "one-replica: a batch job at night"'));
    } else if (!ruleIds.has(rule)) {
      problems.push(here(`there is no rule ${shorten(rule, 100)}; see zero-downtime rules`));
    } else {
      const unused = here(`${rule} finds nothing here; remove it`);
      ignores.set(rule, { rule, reason: shorten(reason, MAX_TEXT_LENGTH), by: 'annotation', unused });
    }
  }
  return { ignores: [...ignores.values()], problems };
}

/** What is before the first colon of a line, and after it. */
function parts(line: string): readonly [string, string] {
  const colon = line.indexOf(':');
  return colon < 0 ? ['', ''] : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
}

function toIgnore({ rule, reason, file, line }: IgnoredObjects): Ignore {
  const unused = {
    file: file ?? 'config',
    line,
    message: `ignore: ${rule} finds nothing in these objects; remove it`,
  };
  return { rule, reason: shorten(reason, MAX_TEXT_LENGTH), by: 'config', unused };
}
