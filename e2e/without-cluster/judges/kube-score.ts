import { execa } from 'execa';

/** Something that kube-score calls critical. */
export interface Finding {
  object: string;
  check: string;
  finding: string;
}

/** kube-score's grade of a critical finding. */
const CRITICAL = 1;

/** Part of what kube-score prints. */
interface ScoredObject {
  object_name: string;
  checks: {
    check: { id: string };
    grade: number;
    skipped: boolean;
    comments: { summary: string }[] | null;
  }[];
}

/** What kube-score finds critical in a file of manifests. */
export async function criticalFindings(kubeScore: string, file: string): Promise<Finding[]> {
  // It exits with 1 when something is critical.
  const { stdout, stderr } = await execa(kubeScore, ['score', '--output-format=json', file], {
    reject: false,
  });
  if (!stdout.startsWith('[')) {
    throw new Error(`kube-score ${file}: ${stderr || stdout}`);
  }
  return (JSON.parse(stdout) as ScoredObject[]).flatMap(({ object_name: object, checks }) =>
    checks
      .filter(({ grade, skipped }) => grade === CRITICAL && !skipped)
      .flatMap(({ check, comments }) =>
        (comments ?? []).map(({ summary }) => ({ object, check: check.id, finding: summary })),
      ),
  );
}
