import { check } from '../../cli/src/check/check';
import type { Finding } from '../../cli/src/check/finding';
import type { Problem } from '../../cli/src/check/read/object';
import { upgradeRules } from '../../cli/src/check/rules/rules';
import { read } from './manifests';
import { sources, steps } from './sources';

/** What check says of one input. */
export interface Checked {
  /** The source's name, for a step with the version that it comes from. */
  readonly name: string;
  readonly module: string;
  readonly step: boolean;
  readonly files: number;
  readonly objects: number;
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
}

const isUpgrade = ({ rule }: Finding) => upgradeRules.some(({ id }) => id === rule);

/** Checks all sources, and of all steps what the change does. */
export function checkAll(): readonly Checked[] {
  return [
    ...sources.map((source) => {
      const manifests = read(source);
      const { objects, findings, problems } = check(manifests);
      return { ...source, step: false, files: manifests.files, objects, findings, problems };
    }),
    ...steps.map(({ from, to }) => {
      const manifests = read(to);
      const { objects, findings, problems } = check(manifests, read(from));
      const version = from.module === to.module ? from.paths?.join() : from.module.split('@')[1];
      const name = `${to.name} from ${version}`;
      return {
        name,
        module: to.module,
        step: true,
        files: manifests.files,
        objects,
        findings: findings.filter(isUpgrade),
        // Those of the manifests themselves are above.
        problems: problems.slice(manifests.problems.length),
      };
    }),
  ];
}
