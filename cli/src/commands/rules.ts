import { closest, distance } from 'fastest-levenshtein';
import { rulesToJson } from '../check/output/json.js';
import { ruleToText, rulesToText } from '../check/output/text.js';
import { manifestsOf } from '../check/rules/manifests.js';
import { stateRules, upgradeRules } from '../check/rules/rules.js';
import type { CommandSpec, Parsed } from '../shared/command-line.js';
import { UsageError } from '../shared/errors.js';
import { readOutputs, takesStdout, writeOutputs } from '../shared/outputs.js';

/** `zero-downtime rules` */
export const RULES: CommandSpec = {
  name: 'rules',
  summary: 'list what check looks for, or explain one rule',
  usage: '[ID] [OPTIONS]',
  description:
    'Lists what zero-downtime check looks for. With the ID of a rule it says why the rule is there and what to write instead, with manifests that break it and manifests that do not.',
  options: { Options: { json: { value: 'FILE', help: 'write the list as JSON; - is standard output' } } },
  choices: [...stateRules, ...upgradeRules].map(({ id }) => id),
  run: runRules,
};

async function runRules({ values, positionals, rest = [] }: Parsed): Promise<number> {
  const [id, extra] = [...positionals, ...rest];
  if (extra !== undefined) {
    throw new UsageError('rules: write the ID of one rule, or none');
  }
  if (id !== undefined) {
    process.stdout.write(explain(id));
    return 0;
  }
  const outputs = readOutputs(values, ['json']);
  if (!takesStdout(outputs)) {
    process.stdout.write(rulesToText([...stateRules, ...upgradeRules]));
  }
  await writeOutputs(outputs, () => [rulesToJson(stateRules, upgradeRules)]);
  return 0;
}

function explain(id: string): string {
  const all = [...stateRules, ...upgradeRules];
  const rule = all.find((one) => one.id === id);
  if (rule === undefined) {
    const near = closest(
      id,
      all.map((one) => one.id),
    );
    const help =
      distance(id, near) <= near.length / 3 ? `did you mean ${near}?` : 'zero-downtime rules lists all';
    // Anything but a word is not repeated: it may be a URL with a password.
    throw new UsageError(`rules: there is no rule ${/^[\w-]+$/.test(id) ? id : 'of this name'}; ${help}`);
  }
  return ruleToText(rule, manifestsOf(rule.id));
}
