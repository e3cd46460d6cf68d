import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { E2E } from '../../cluster/paths';

/** Manifests of another project, which are one input of check. */
export interface Source {
  readonly name: string;
  /** The Go module with its version. */
  readonly module: string;
  /** Files and folders in the module; none for a chart. */
  readonly paths?: readonly string[];
  /** The folder of a Helm chart in the module. */
  readonly chart?: string;
}

/** A release and the one before it. */
export interface Step {
  readonly from: Release;
  readonly to: Release;
}

/** A source of which several versions are read. */
export interface Release extends Source {
  /** Its version, such as v1.2.0. */
  readonly release: string;
}

/** The version of a module, and what is elsewhere in it than in the other versions. */
type Version = Omit<Partial<Source>, 'name'> & {
  readonly version: string;
  /** The version of the manifests, where one module has those of several. */
  readonly release?: string;
};

interface Written {
  readonly manifests: Readonly<Record<string, Omit<Source, 'name'>>>;
  readonly steps: Readonly<
    Record<string, Omit<Source, 'name'> & { readonly versions: readonly (string | Version)[] }>
  >;
}

const written: Written = parse(readFileSync(join(E2E, 'without-cluster', 'field', 'sources.yaml'), 'utf8'));

export const sources: readonly Source[] = Object.entries(written.manifests).map(([name, source]) => ({
  name,
  ...source,
}));

export const steps: readonly Step[] = Object.entries(written.steps).flatMap(
  ([name, { versions, ...common }]) => {
    const releases = versions.map((one): Release => {
      const { version, release = version, ...own } = typeof one === 'string' ? { version: one } : one;
      const source = { name, ...common, ...own };
      return { ...source, module: `${source.module}@${version}`, release };
    });
    return releases.slice(1).map((to, index) => ({ from: releases[index], to }));
  },
);

/** The projects whose modules these are, whatever the version. */
export function projectsOf(modules: readonly string[]): ReadonlySet<string> {
  return new Set(modules.map((module) => module.replace(/(\/v\d+)?@.*$/, '')));
}
