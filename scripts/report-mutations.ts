/** Writes the mutation score of `stryker run` into docs/testing.md and the file of its numbers. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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
  const sum = (key: 'mutants' | 'found') => Object.values(files).reduce((all, file) => all + file[key], 0);
  const rows = Object.entries(files)
    .filter(([, { mutants }]) => mutants > 0)
    .map(([file, { mutants, found }]) => `| ${file} | ${mutants} | ${found} | ${percent(found, mutants)} |`);
  return [
    `**${percent(sum('found'), sum('mutants'))}** at commit ${commit}: the tests find ${sum('found')} of ${sum('mutants')} mutants.`,
    '',
    '| file | mutants | found | score |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

const score = readScore(JSON.parse(readFileSync(join(ROOT, 'reports', 'mutation.json'), 'utf8')));
const summary = render(score);
await writeWhole(join(ROOT, MUTATIONS), JSON.stringify(score));
await writeWhole(PAGE, replaceBetween(readFileSync(PAGE, 'utf8'), BEGIN, END, summary));
console.log(summary.split('\n')[0]);
