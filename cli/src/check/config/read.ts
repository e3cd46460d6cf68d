import { CORE_SCHEMA, mergeTag } from 'js-yaml';
import { existsSync, lstatSync } from 'node:fs';
import { shorten } from '../../shared/untrusted-text.js';
import { NEWEST_VERSION, whyUnknown } from '../kubernetes/version.js';
import { decode, inUtf8, NOT_TEXT } from '../read/encoding.js';
import { at, fields, isFields, text, type Path } from '../read/fields.js';
import { readBytes } from '../read/file.js';
import { lineAt, Lines } from '../read/lines.js';
import { MAX_NAME_LENGTH, type Problem } from '../read/object.js';
import { split } from '../read/split.js';
import { readYaml } from '../read/yaml.js';
import { SEVERITIES } from '../rules/rule.js';
import { stateRules, upgradeRules } from '../rules/rules.js';
import { DEFAULT_CONFIG_FILE, type Config, type IgnoredObjects } from './config.js';
import { isPattern } from './ignored-objects.js';

/** A configuration, and what in it cannot be used. */
export interface ReadConfig {
  readonly config: Config;
  readonly problems: readonly Problem[];
}

const RULE_IDS: ReadonlySet<string> = new Set([...stateRules, ...upgradeRules].map(({ id }) => id));
const RULE_SEVERITIES = ['off', ...SEVERITIES];
/** YAML 1.2, in which off is a string. */
const SCHEMA = CORE_SCHEMA.withTags(mergeTag);

/** The configuration file that is named, or else the default one if it exists. A broken link counts as existing. */
export function configFile(named: string | undefined): string | undefined {
  const isThere = () => existsSync(DEFAULT_CONFIG_FILE) || isLink(DEFAULT_CONFIG_FILE);
  return named ?? (isThere() ? DEFAULT_CONFIG_FILE : undefined);
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}

/** Reads a configuration file; an empty configuration if there is none. */
export async function findConfig(file: string | undefined): Promise<ReadConfig> {
  return file === undefined ? { config: {}, problems: [] } : readConfig(file);
}

/** Reads a configuration file. */
export async function readConfig(file: string): Promise<ReadConfig> {
  const { bytes, why } = await readBytes(file);
  const content = bytes && decode(inUtf8(bytes));
  if (content !== undefined) {
    return parseConfig(file, content);
  }
  return { config: {}, problems: [{ file, message: `cannot be read: ${why ?? NOT_TEXT}` }] };
}

/** Reads the text of a configuration file; `file` is its name in messages. */
export function parseConfig(file: string, content: string): ReadConfig {
  const [, second] = split(Buffer.from(content));
  if (second !== undefined) {
    const message = 'a second document starts here; write only one';
    return { config: {}, problems: [{ file, line: second.linesBefore + 1, message }] };
  }
  const read = readYaml(content, SCHEMA);
  if (read.why !== undefined) {
    return { config: {}, problems: [{ file, line: lineAt(read.text, read.offset), message: read.why }] };
  }
  const lines = new Lines(content);
  const problems: Problem[] = [];
  const refuse = (path: Path, message: string) => {
    problems.push({ file, line: lines.of(path), message: `${nameOf(path)}${message}` });
  };
  // An empty file is an empty configuration.
  const body = read.value ?? {};
  if (!isFields(body)) {
    refuse([], 'write a map with severity, kubernetesVersion, rules or ignore');
  }
  const check = new Checks(refuse);
  check.keys([], body, ['severity', 'kubernetesVersion', 'rules', 'ignore']);
  const { severity, kubernetesVersion, rules, ignore } = fields(body);
  if (severity !== undefined) {
    check.oneOf(['severity'], severity, SEVERITIES);
  }
  if (kubernetesVersion !== undefined) {
    check.version(['kubernetesVersion'], kubernetesVersion);
  }

  if (rules !== undefined && !isFields(rules)) {
    refuse(['rules'], `got ${got(rules)}; write a map from rule ids to severity and reason`);
  }
  for (const [id, setting] of Object.entries(fields(rules))) {
    const path = ['rules', id];
    if (!RULE_IDS.has(id)) {
      refuse(path, 'there is no such rule; see zero-downtime rules');
    }
    if (!check.map(path, setting, ['severity', 'reason'])) {
      continue;
    }
    check.oneOf([...path, 'severity'], setting.severity, RULE_SEVERITIES);
    check.reason([...path, 'reason'], setting.reason);
  }

  if (ignore !== undefined && !Array.isArray(ignore)) {
    refuse(['ignore'], `got ${got(ignore)}; write a list`);
  }
  const ignored = (Array.isArray(ignore) ? ignore : []).map((entry: unknown, index) => {
    const path = ['ignore', index];
    if (!check.map(path, entry, [...OBJECT_KEYS, 'rule', 'reason'])) {
      return undefined;
    }
    for (const key of OBJECT_KEYS) {
      check.pattern([...path, key], entry[key]);
    }
    if (!OBJECT_KEYS.some((key) => Object.hasOwn(entry, key))) {
      refuse(path, 'write kind, namespace or name; a rule for no object is turned off under rules');
    }
    check.rule([...path, 'rule'], entry.rule);
    check.reason([...path, 'reason'], entry.reason);
    return { ...entry, file, line: lines.of(path) };
  });
  const patterns = ignored.filter((entry) =>
    OBJECT_KEYS.some((key) => isPattern(text(at(entry, key)) ?? '')),
  );
  if (patterns.length > MAX_PATTERNS) {
    const message = `${patterns.length} entries have * in a name; at most ${MAX_PATTERNS} may`;
    refuse(['ignore'], message);
  }
  if (problems.length > 0) {
    return { config: {}, problems };
  }
  return {
    config: { ...fields(body), ...(ignore ? { ignore: ignored as IgnoredObjects[] } : {}) },
    problems,
  };
}

const OBJECT_KEYS = ['kind', 'namespace', 'name'] as const;

/** The most entries with a pattern: each of them is compared with each finding of its rule. */
const MAX_PATTERNS = 1000;

/** The checks of single values; each says what to write instead. */
class Checks {
  constructor(private readonly refuse: (path: Path, message: string) => void) {}

  map(path: Path, value: unknown, keys: readonly string[]): value is Record<string, unknown> {
    if (isFields(value)) {
      this.keys(path, value, keys);
      return true;
    }
    this.refuse(path, `got ${got(value)}; write a map with ${keys.join(', ')}`);
    return false;
  }

  keys(path: Path, value: unknown, known: readonly string[]): void {
    for (const key of Object.keys(fields(value)).filter((one) => !known.includes(one))) {
      this.refuse([...path, key], `there is no such key; write ${known.join(', ')}`);
    }
  }

  oneOf(path: Path, value: unknown, values: readonly string[]): void {
    if (!values.some((one) => one === value)) {
      this.refuse(path, `got ${got(value)}; write ${values.join(', ')}`);
    }
  }

  version(path: Path, value: unknown): void {
    const why =
      typeof value === 'string'
        ? whyUnknown(value)
        : `got ${got(value)}; write it in quotes, such as "${NEWEST_VERSION}"`;
    if (why !== undefined) {
      this.refuse(path, why);
    }
  }

  rule(path: Path, value: unknown): void {
    if (typeof value !== 'string') {
      this.refuse(path, `got ${got(value)}; write the id of a rule`);
    } else if (!RULE_IDS.has(value)) {
      this.refuse(path, `got ${got(value)}; there is no such rule, see zero-downtime rules`);
    }
  }

  reason(path: Path, value: unknown): void {
    if (typeof value !== 'string' || value.trim() === '') {
      this.refuse(path, `got ${got(value)}; write why, in one line`);
    }
  }

  pattern(path: Path, value: unknown): void {
    if (value !== undefined && (typeof value !== 'string' || value === '')) {
      this.refuse(path, `got ${got(value)}; write a text, in which * stands for any characters`);
    } else if (typeof value === 'string' && value.length > MAX_NAME_LENGTH) {
      this.refuse(path, `got ${got(value)}; write ${MAX_NAME_LENGTH} characters at most`);
    }
  }
}

function nameOf(path: Path): string {
  const name = path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${shorten(part, 100)}`))
    .join('');
  return path.length === 0 ? '' : `${name.slice(1)}: `;
}

function got(value: unknown): string {
  if (value === undefined) {
    return 'nothing';
  }
  if (Array.isArray(value)) {
    return 'a list';
  }
  return isFields(value) ? 'a map' : shorten(JSON.stringify(value), 100);
}
