import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { optionHelp, parse } from './command-line.js';
import { takesStdout, writeOutputs } from './outputs.js';
import { probeOptions, readProbeCommand, type ProbeCommand } from './probe-options.js';
import { probeChange } from './probe/change.js';
import { startProbe, type ProbeRun } from './probe/probe.js';
import type { ProbeResult } from './probe/result.js';
import { exitStatus } from './probe/verdict.js';
import { toJson } from './report/json.js';
import { Live } from './report/live.js';
import { toSvg } from './report/svg.js';
import { toText } from './report/text.js';

/** The outputs besides the text, by option. */
const formats: Readonly<Record<string, (result: ProbeResult) => string>> = { json: toJson, svg: toSvg };

/** The help of `zero-downtime probe`. */
export const probeHelp = `Usage: zero-downtime probe URL [OPTIONS] [-- COMMAND...]

Sends requests to URL on a fixed schedule that no slow answer delays, on new and on persistent
connections at once, never repeats one, and accounts for every single one. With a COMMAND it
does so while the COMMAND runs and until the change that it makes is over.

${optionHelp(probeOptions)}

SIGINT and SIGTERM end the sending; the answers in flight are waited for, the results are written.

Exit status: 0 none failed, 2 some failed, 1 could not measure (the reasons are printed).

Examples:
  zero-downtime probe http://myapp.example.com/
  zero-downtime probe http://myapp.example.com/ --version-from header:x-version --svg rollout.svg \\
    -- kubectl apply -f dist/
  zero-downtime probe http://myapp.example.com/ --rollout deployment/myapp -- ./release.sh
`;

/** Runs `zero-downtime probe` and returns its exit status. */
export async function probeCommand(args: readonly string[]): Promise<number> {
  const parsed = parse(args, probeOptions, 'zero-downtime probe');
  if (parsed.values.help) {
    process.stdout.write(probeHelp);
    return 0;
  }
  const command = readProbeCommand(parsed, args.includes('--'));
  const run = await startProbe(command.options);
  const result = await watch(run, command);
  if (!takesStdout(command.outputs)) process.stdout.write(toText(result));
  writeOutputs(command.outputs, (option) => formats[option](result));
  return exitStatus[result.verdict];
}

/** Shows the progress of a run and ends it on a signal. */
async function watch(run: ProbeRun, command: ProbeCommand): Promise<ProbeResult> {
  const live = new Live(process.stderr, run);
  const stop = () => void run.stop();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  process.stderr.write(`probing ${command.options.url}\n`);
  if (command.followStdin) followLines(process.stdin, run);
  try {
    if (!command.change) return await run.result;
    return await probeChange(run, {
      ...command.change,
      tellsVersions: command.options.versionFrom !== undefined,
      onOutput: (text) => live.write(text),
    });
  } finally {
    live.stop();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

/** Marks the moment of every line, and stops at the end of the input or of the run, whichever is first. */
function followLines(input: Readable, run: ProbeRun): void {
  const lines = createInterface({ input });
  lines.on('line', (line) => run.mark(line));
  lines.on('close', () => void run.stop());
  run.ended.addEventListener('abort', () => {
    lines.close();
    input.destroy();
  });
}
