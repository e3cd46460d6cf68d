/** Writes the mutation score of `stryker run` into docs/testing.md and the file of its numbers. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { replaceBetween, writeWhole } from '../bench/files';
import { hashCode } from '../figures/code';
import { currentCommit } from '../figures/commit';
import { type MutatedFile, MUTATIONS, type Mutations, totalOf } from '../figures/mutations';
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

/** How many mutants of some files there are, how many the tests found, and the share. */
function cells(files: readonly MutatedFile[]): readonly [mutants: number, found: number, score: string] {
  const { mutants, found } = totalOf(files);
  return [mutants, found, `${((100 * found) / mutants).toFixed(1)} %`];
}

function render({ commit, files }: Mutations): string {
  const [mutants, found, score] = cells(Object.values(files));
  const rows = [...new Set(Object.keys(files).map(dirname))].map((folder) => {
    const inFolder = Object.keys(files).flatMap((file) => (dirname(file) === folder ? [files[file]] : []));
    return `| ${[folder, inFolder.length, ...cells(inFolder)].join(' | ')} |`;
  });
  return [
    `**${score}** at commit ${commit}: the tests find ${found} of ${mutants} mutants.`,
    '',
    '| folder | files | mutants | found | score |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

async function main(): Promise<void> {
  const score = readScore(JSON.parse(readFileSync(join(ROOT, 'reports', 'mutation.json'), 'utf8')));
  const summary = render(score);
  await writeWhole(join(ROOT, MUTATIONS), JSON.stringify(score));
  await writeWhole(PAGE, replaceBetween(readFileSync(PAGE, 'utf8'), BEGIN, END, summary));
  console.log(summary.split('\n')[0]);
}

void main();
