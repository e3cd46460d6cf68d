import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { applications, type Application } from './judges/application';
import { CHECKS } from './judges/checks';

const APPLICATIONS = applications();
const namesOf = (found: Application[]) => found.map(({ name }) => name);

const guide = readFileSync(join(__dirname, '..', 'docs', 'guide', 'judges.md'), 'utf8');
const rows = guide.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
const rowOf = (judge: string, id: string) =>
  rows.find((cells) => cells[1] === judge && cells[2] === `\`${id}\``);

describe.each(Object.entries(CHECKS))('%s (its documented checks; the tool is not run)', (judge, checks) => {
  const followed = checks.filter(({ declined }) => !declined);
  const declined = checks.filter((check) => check.declined);

  test.each(followed)('$id holds for every example', ({ passes }) => {
    expect(namesOf(APPLICATIONS.filter((application) => !passes(application)))).toEqual([]);
  });

  test.each(declined)('$id is declined, so an example does not pass it', ({ passes }) => {
    expect(namesOf(APPLICATIONS.filter((application) => !passes(application)))).not.toEqual([]);
  });

  test.each(checks)('$id stands in the guide with what is done about it', ({ id, declined }) => {
    expect(rowOf(judge, id)?.slice(3, 5)).toEqual([declined ? 'no' : 'yes', expect.stringMatching(/.+/)]);
  });
});

test('the guide lists no check that is not made', () => {
  const listed = rows.filter((cells) => ['yes', 'no'].includes(cells[3])).map((cells) => cells.slice(1, 3));
  const made = Object.entries(CHECKS).flatMap(([judge, checks]) =>
    checks.map(({ id }) => [judge, `\`${id}\``]),
  );
  expect(listed).toEqual(made);
});
