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

/** A source and an older version of it. */
export interface Step {
  readonly from: Source;
  readonly to: Source;
}

interface Written {
  readonly manifests: Readonly<Record<string, Omit<Source, 'name'>>>;
  readonly steps: Readonly<Record<string, { readonly from?: string; readonly paths?: readonly string[] }>>;
}

const written: Written = parse(readFileSync(join(E2E, 'without-cluster', 'field', 'sources.yaml'), 'utf8'));

export const sources: readonly Source[] = Object.entries(written.manifests).map(([name, source]) => ({
  name,
  ...source,
}));

export const steps: readonly Step[] = Object.entries(written.steps).map(([name, { from, paths }]) => {
  const to = sources.find((source) => source.name === name);
  if (to === undefined) {
    throw new Error(`sources.yaml: steps.${name} is not in manifests`);
  }
  return { to, from: { ...to, module: from ?? to.module, paths: paths ?? to.paths } };
});
