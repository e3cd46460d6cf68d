/** Writes the mutation score of `stryker run` into docs/testing.md and the file of its numbers. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { replaceBetween, writeWhole } from '../bench/files';
import { hashCode } from '../figures/code';
import { currentCommit } from '../figures/commit';
import { type MutatedFile, MUTATIONS, type Mutations } from '../figures/mutations';
import { ROOT } from '../figures/root';

const PAGE = join(ROOT, 'docs', 'testing.md');
const [BEGIN, END] = ['<!-- mutation score -->', '<!-- end of the mutation score -->'];

/** The part of Stryker's report that is read here. */
interface Report {
  readonly files: Readonly<Record<string, { readonly mutants: readonly { readonly status: string }[] }>>;
}

function readScore({ files }: Report): Mutations {
  const scores = Object.entries(files).map(([file, { mutants }]): [string, MutatedFile] => {
    const count = (...statuses: string[]) => mutants.filter(({ status }) => statuses.includes(status)).length;
    const found = count('Killed', 'Timeout');
    return [file, { mutants: found + count('Survived', 'NoCoverage'), found, code: hashCode(file) }];
  });
  return { commit: currentCommit(), files: Object.fromEntries(scores) };
}

function percent(found: number, mutants: number): string {
  return `${((100 * found) / mutants).toFixed(1)} %`;
}

function render({ commit, files }: Mutations): string {
  const [found, mutants] = [sumOf('found', Object.values(files)), sumOf('mutants', Object.values(files))];
  const rows = [...new Set(Object.keys(files).map(dirname))].map((folder) => {
    const inFolder = Object.keys(files).flatMap((file) => (dirname(file) === folder ? [files[file]] : []));
    const [killed, all] = [sumOf('found', inFolder), sumOf('mutants', inFolder)];
    return `| ${folder} | ${inFolder.length} | ${all} | ${killed} | ${percent(killed, all)} |`;
  });
  return [
    `**${percent(found, mutants)}** at commit ${commit}: the tests find ${found} of ${mutants} mutants.`,
    '',
    '| folder | files | mutants | found | score |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

function sumOf(key: 'mutants' | 'found', files: readonly MutatedFile[]): number {
  return files.reduce((sum, file) => sum + file[key], 0);
}

async function main(): Promise<void> {
  const score = readScore(JSON.parse(readFileSync(join(ROOT, 'reports', 'mutation.json'), 'utf8')));
  const summary = render(score);
  await writeWhole(join(ROOT, MUTATIONS), JSON.stringify(score));
  await writeWhole(PAGE, replaceBetween(readFileSync(PAGE, 'utf8'), BEGIN, END, summary));
  console.log(summary.split('\n')[0]);
}

void main();
