import { execa } from 'execa';

/** What kubeconform says of some files. */
export interface Verdict {
  summary: { valid: number; invalid: number; errors: number; skipped: number };
  /** Those objects that are not valid. */
  resources: { filename: string; kind: string; name: string; msg: string }[];
}

/** Validates files of manifests against schemas, and refuses fields that these do not have. */
export async function validate(kubeconform: string, schemas: string, files: string[]): Promise<Verdict> {
  const options = ['-strict', '-summary', '-output', 'json', '-schema-location', schemas];
  // It exits with 1 when something is not valid.
  const { stdout, stderr } = await execa(kubeconform, [...options, ...files], { reject: false });
  if (!stdout.startsWith('{')) {
    throw new Error(`kubeconform: ${stderr || stdout}`);
  }
  return JSON.parse(stdout);
}
