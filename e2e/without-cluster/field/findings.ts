import { check } from '../../../cli/src/check/check';
import type { Finding } from '../../../cli/src/check/finding';
import type { Problem } from '../../../cli/src/check/read/object';
import { upgradeRules } from '../../../cli/src/check/rules/rules';
import { read } from './manifests';
import { sources, steps, type Step } from './sources';

/** What check says of one input. */
export interface Checked {
  /** The name of the source, and for a step both versions. */
  readonly name: string;
  readonly module: string;
  readonly step: boolean;
  readonly files: number;
  readonly objects: number;
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
}

const isUpgrade = ({ rule }: Finding) => upgradeRules.some(({ id }) => id === rule);

/** Checks all sources, and all steps from an older version. */
export async function checkAll(): Promise<readonly Checked[]> {
  const checked: Checked[] = [];
  for (const source of sources) {
    const manifests = await read(source);
    const { objects, findings, problems } = check(manifests);
    checked.push({ ...source, step: false, files: manifests.files, objects, findings, problems });
  }
  for (const { from, to } of steps) {
    const manifests = await read(to);
    const { objects, findings, problems } = check(manifests, await read(from));
    checked.push({
      name: nameOfStep({ from, to }),
      module: to.module,
      step: true,
      files: manifests.files,
      objects,
      findings: findings.filter(isUpgrade),
      problems,
    });
  }
  return checked;
}

export function nameOfStep({ from, to }: Step): string {
  return `${to.name} ${from.release} to ${to.release}`;
}
