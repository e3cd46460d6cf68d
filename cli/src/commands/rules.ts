import { rulesToJson } from '../check/output/json.js';
import { rulesToText } from '../check/output/text.js';
import { stateRules, upgradeRules } from '../check/rules/rules.js';
import { optionHelp, parse, type OptionGroups } from '../shared/command-line.js';
import { UsageError } from '../shared/errors.js';
import { readOutputs, takesStdout, writeOutputs } from '../shared/outputs.js';

const RULES_OPTIONS: OptionGroups = {
  Options: {
    json: { value: 'FILE', help: ['write the list as JSON; - is standard output'] },
    help: { help: ['show this help'] },
  },
};

/** The help of `zero-downtime rules`. */
export const RULES_HELP = `Usage: zero-downtime rules [OPTIONS]

Lists what zero-downtime check looks for.

${optionHelp(RULES_OPTIONS)}
`;

/** Runs `zero-downtime rules` and returns its exit status. */
export async function rulesCommand(args: readonly string[]): Promise<number> {
  const { values, positionals, rest } = parse(args, RULES_OPTIONS, 'zero-downtime rules');
  if (values.help) {
    process.stdout.write(RULES_HELP);
    return 0;
  }
  const [extra] = [...positionals, ...rest];
  if (extra !== undefined) {
    // A URL may hold a password.
    const got = extra.includes('://') ? 'a URL' : `"${extra}"`;
    throw new UsageError(`rules: got ${got}; write nothing after it`);
  }
  const outputs = readOutputs(values, ['json']);
  if (!takesStdout(outputs)) {
    process.stdout.write(rulesToText([...stateRules, ...upgradeRules]));
  }
  await writeOutputs(outputs, () => [rulesToJson(stateRules, upgradeRules)]);
  return 0;
}
