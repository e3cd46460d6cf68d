import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PAGE = join(ROOT, 'docs', 'testing.md');
const BEGIN = '<!-- mutation score -->';
const END = '<!-- end of the mutation score -->';

/** The part of Stryker's report that is read here. */
interface Report {
  readonly files: Readonly<Record<string, { readonly mutants: readonly { readonly status: string }[] }>>;
}

/** Mutants that the tests find, of those that can be found. */
interface Score {
  readonly found: number;
  readonly all: number;
}

function scoreOf(mutants: readonly { readonly status: string }[]): Score {
  const count = (...statuses: string[]) => mutants.filter(({ status }) => statuses.includes(status)).length;
  const found = count('Killed', 'Timeout');
  return { found, all: found + count('Survived', 'NoCoverage') };
}

function percent({ found, all }: Score): string {
  return `${((100 * found) / all).toFixed(1)} %`;
}

function table({ files }: Report): string {
  const rows = Object.entries(files)
    .map(([file, { mutants }]) => ({ file, score: scoreOf(mutants) }))
    .filter(({ score }) => score.all > 0)
    .map(({ file, score }) => `| ${file} | ${score.all} | ${score.found} | ${percent(score)} |`);
  return ['| file | mutants | found | score |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

const report: Report = JSON.parse(readFileSync(join(ROOT, 'reports', 'mutation.json'), 'utf8'));
const total = scoreOf(Object.values(report.files).flatMap(({ mutants }) => mutants));
const summary = `**${percent(total)}**: the tests find ${total.found} of ${total.all} mutants.`;
const [before, rest] = readFileSync(PAGE, 'utf8').split(BEGIN);
const [, after] = rest.split(END);
writeFileSync(`${PAGE}.tmp`, `${before}${BEGIN}\n\n${summary}\n\n${table(report)}\n\n${END}${after}`);
renameSync(`${PAGE}.tmp`, PAGE);
console.log(`docs/testing.md: mutation score ${percent(total)}`);
