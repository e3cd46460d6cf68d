import { createHash } from 'node:crypto';
import type { ISecret } from 'cdk8s-plus-27';
import type { ApplicationProps } from '../../application-props';
import type { Config } from '../../config';
import { checkMountPath } from '../kubernetes/mount-paths';
import type { MountedVolume } from '../kubernetes/mounted-volume';
import { volumeName } from '../kubernetes/mounted-volume';
import type { Part } from '../refusals/refusal';
import { checkAll, checkEach, part, Refusal } from '../refusals/refusal';
import { annotationKey } from './annotations';
import type { Identity } from './identity';
import type { Security } from './security';

type Data = Record<string, string>;

/** The application's configuration, all of it checked. */
export interface ConfigSettings {
  readonly sources: ConfigSource[];
  /** Names of the environment variables whose values stand in the manifests. */
  readonly variables: string[];
  /** Annotations of the ConfigMaps, if there are any. */
  readonly annotations: Record<string, string>;
  /** Annotations that roll the pods when a Secret changes and its name does not. */
  readonly podAnnotations: Record<string, string>;
}

/** A ConfigMap to create, or a Secret that exists. Its keys become environment variables, or files in the volume. */
export type ConfigSource = { readonly volume?: MountedVolume } & (
  { readonly configMap: ConfigMapContent } | { readonly secret: ISecret }
);

/** A ConfigMap, named by its content. */
export interface ConfigMapContent {
  readonly name: string;
  readonly data: Data;
}

/** What a key of a ConfigMap becomes, and the rule for its name. */
interface KeyRule {
  readonly what: string;
  readonly name: RegExp;
  readonly fix: string;
}

const FILE: KeyRule = {
  what: 'a file',
  // Source: Kubernetes' rule for the keys of a ConfigMap.
  name: /^(?!\.$|\.\.)[-._a-zA-Z0-9]{1,253}$/,
  fix: "Write at most 253 letters, digits, '-', '_' and '.', for example 'app.yaml'",
};
const VARIABLE: KeyRule = {
  what: 'an environment variable',
  // Source: the same rule, and that of older Kubernetes for environment variables: no digit first.
  name: /^(?!\.$|\.\.|\d)[-._a-zA-Z0-9]{1,253}$/,
  fix: "Write at most 253 letters, digits, '-', '_' and '.', no digit first, for example 'LOG_LEVEL'",
};

/** Source: the API server's limit for the values of a ConfigMap together. */
const MAX_BYTES = 1_048_576;
/** Source: Kubernetes' limit for the name of an object. */
const MAX_NAME = 253;
/** As many characters as kustomize's hashes have. */
const HASH_LENGTH = 10;
/**
 * With these annotations, Argo CD and Flux keep a ConfigMap that the manifests have no more: rollbacks and old
 * pods that restart still need it. Sources: Argo CD's compare and sync options, Flux' Kustomization API.
 */
const KEPT = {
  'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
  'argocd.argoproj.io/sync-options': 'Prune=false',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
};
/** Annotation of the pods. */
const SECRET_VERSIONS = annotationKey('secret-versions');

/**
 * The application's configuration, each ConfigMap with its name.
 */
export function resolveConfig(
  props: ApplicationProps,
  identity: Part<Identity>,
  security: Part<Security>,
): ConfigSettings {
  const config = props.config ?? [];
  const parts = Array.from(config.keys(), (i) =>
    part(() => toSource(`config[${i}]`, config[i], () => identity().name)),
  );
  checkAll(...parts);
  const sources = parts.map((source) => source());
  const variables = part(() => resolveVariables(sources, props));
  const versions = part(() => secretVersions(config));
  checkAll(() => checkVolumes(sources, props, security()), variables, versions);
  return {
    sources,
    annotations: sources.some((source) => 'configMap' in source) ? KEPT : {},
    variables: variables(),
    podAnnotations: versions(),
  };
}

function toSource(prop: string, config: Config, owner: Part<string>): ConfigSource {
  const { _path: path, _data: data, _secret: secret } = config;
  const volume = path === undefined ? undefined : toVolume(prop, path);
  return secret ? { volume, secret } : { volume, configMap: toConfigMap(prop, owner, data ?? {}, path) };
}

function toVolume(prop: string, path: string): MountedVolume {
  const name = volumeName(path);
  if (name === undefined) {
    throw new Refusal(
      `${prop}.path`,
      JSON.stringify(path),
      'no volume can be mounted there: a path has to be absolute, below /, without a / at its end, and of at most 63 letters, digits, ., _, - and /',
      "Write for example '/etc/app'",
    );
  }
  checkMountPath(`${prop}.path`, path);
  return { name, path };
}

function toConfigMap(prop: string, ownerName: Part<string>, data: Data, path?: string): ConfigMapContent {
  checkData(prop, data, path === undefined ? VARIABLE : FILE);
  const owner = ownerName();
  const kind = path === undefined ? 'env' : 'files';
  const name = `${owner}-${kind}-${hash([path, Object.entries(data).sort(byKey)])}`;
  if (name.length > MAX_NAME) {
    throw new Refusal(
      'name',
      JSON.stringify(owner),
      `the ConfigMap of ${prop} would have a name of ${name.length} characters, and Kubernetes takes at most ${MAX_NAME}`,
      'Write a shorter name',
    );
  }
  return { name, data };
}

function byKey([a]: [string, string], [b]: [string, string]): number {
  return a < b ? -1 : 1;
}

function hash(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, HASH_LENGTH);
}

function checkData(prop: string, data: Data, rule: KeyRule): void {
  if (Object.keys(data).length === 0) {
    throw new Refusal(prop, '{}', 'there is nothing in it', 'Give it something, or leave it out');
  }
  checkEach(Object.keys(data), (key) => {
    // cdk8s cannot write the names of members that every object has, such as 'constructor'.
    if (!rule.name.test(key) || key in {}) {
      throw new Refusal(
        `${prop} name`,
        JSON.stringify(key),
        `it cannot be the name of ${rule.what} in a ConfigMap`,
        rule.fix,
      );
    }
  });
  const bytes = Object.values(data).reduce((sum, value) => sum + Buffer.byteLength(value), 0);
  if (bytes > MAX_BYTES) {
    throw new Refusal(
      prop,
      `${bytes} bytes`,
      `the API server takes at most ${MAX_BYTES} bytes in a ConfigMap`,
      'Split it into several, or put large files into the image',
    );
  }
}

function checkVolumes(sources: ConfigSource[], props: ApplicationProps, security: Security): void {
  const taken = [
    ...(props.volumeMounts ?? []).map(({ path, volume }) => ({
      path,
      name: volume.name,
      by: 'volumeMounts',
    })),
    ...security.writableVolumes.map((volume) => ({ ...volume, by: 'writablePaths of security' })),
  ];
  for (const [i, { volume }] of sources.entries()) {
    if (!volume) {
      continue;
    }
    const other = taken.find(({ path, name }) => path === volume.path || name === volume.name);
    if (other) {
      throw new Refusal(
        `config[${i}].path`,
        JSON.stringify(volume.path),
        `${other.by} has the volume '${other.name}' at '${other.path}', and neither the path nor the name '${volume.name}' can be there twice`,
        'Mount each volume at a path of its own',
      );
    }
    taken.push({ ...volume, by: `config[${i}]` });
  }
}

function resolveVariables(sources: ConfigSource[], { env = {} }: ApplicationProps): string[] {
  const places = new Map(Object.keys(env).map((name) => [name, 'env']));
  const variables: string[] = [];
  for (const [i, source] of sources.entries()) {
    const names = 'configMap' in source && !source.volume ? Object.keys(source.configMap.data) : [];
    for (const name of names) {
      const other = places.get(name);
      if (other) {
        throw new Refusal(
          `config[${i}] name`,
          JSON.stringify(name),
          `${other} has this environment variable too, and the application gets only one of the two values`,
          'Write it in one place',
        );
      }
      places.set(name, `config[${i}]`);
      variables.push(name);
    }
  }
  return variables;
}

function secretVersions(config: Config[]): Record<string, string> {
  const versions = new Map<string, string>();
  for (const [i, { _secret: secret, _options: options }] of config.entries()) {
    const version = options?.version;
    if (!secret || version === undefined) {
      continue;
    }
    if (version === '') {
      throw new Refusal(
        `config[${i}].version`,
        '""',
        'it stays the same when the Secret changes, so the pods would go on with the old values',
        'Write what changes with the Secret, for example a date, or leave it out and change the name of the Secret',
      );
    }
    const other = versions.get(secret.name) ?? version;
    if (other !== version) {
      throw new Refusal(
        `config[${i}].version`,
        JSON.stringify(version),
        `the Secret '${secret.name}' has the version ${JSON.stringify(other)} in config already`,
        'Write the same version wherever the Secret is used',
      );
    }
    versions.set(secret.name, version);
  }
  return versions.size === 0
    ? {}
    : { [SECRET_VERSIONS]: JSON.stringify(Object.fromEntries([...versions].sort(byKey))) };
}
