import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { check } from '../../../cli/src/check/check';
import type { Finding } from '../../../cli/src/check/finding';
import { readManifests } from '../../../cli/src/check/read/read';
import { E2E } from '../../cluster/paths';

const FOLDER = join(E2E, 'without-cluster', 'field');

/** What a public report says went wrong; manifests in reports/ID show the same fault. */
export interface Report {
  readonly id: string;
  readonly what: string;
  readonly source: string;
  /** The rule that has to find it. */
  readonly expected?: string;
  /** Why no rule finds it. */
  readonly missed?: string;
  /** The rule that has to be silent: what was reported is a false alarm. */
  readonly 'no-alarm'?: string;
}

/** What check says of the manifests of a report. */
export interface CheckedReport extends Report {
  readonly findings: readonly Finding[];
  readonly problems: readonly string[];
}

const reports: readonly Report[] = parse(readFileSync(join(FOLDER, 'reports.yaml'), 'utf8'));

export function checkReports(): Promise<readonly CheckedReport[]> {
  return Promise.all(
    reports.map(async (report) => {
      const manifests = (name: string) => join(FOLDER, 'reports', report.id, `${name}.yaml`);
      const older = existsSync(manifests('old')) ? await readManifests([manifests('old')]) : undefined;
      const { findings, problems } = check(await readManifests([manifests('new')]), older);
      return { ...report, findings, problems: problems.map(({ message }) => message) };
    }),
  );
}

/** The finding of the expected rule, if there is one. */
export function found({ expected, findings }: CheckedReport): Finding | undefined {
  return findings.find(({ rule }) => rule === expected);
}
