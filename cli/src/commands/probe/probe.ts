import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { probeChange } from '../../probe/change.js';
import { Lines } from '../../probe/lines.js';
import { startProbe, type ProbeRun } from '../../probe/probe.js';
import { toJson } from '../../probe/report/json.js';
import { toSvg } from '../../probe/report/svg.js';
import { toText } from '../../probe/report/text.js';
import type { ProbeResult } from '../../probe/result.js';
import { readUrl, shownUrl } from '../../probe/url.js';
import { exitStatus } from '../../probe/verdict.js';
import type { Parsed } from '../../shared/command-line.js';
import { takesStdout, writeOutputs } from '../../shared/outputs.js';
import { readProbeCommand, type ProbeCommand } from './options.js';
import { ProgressDisplay } from './progress.js';
import { openScreen } from './screen.js';
import { Signals } from './signals.js';

/** The outputs besides the text, by option. */
const FORMATS: Readonly<Record<string, (result: ProbeResult) => string>> = { json: toJson, svg: toSvg };

/** How long the last lines of progress may take to be shown. */
const LAST_LINES_MS = 1000;

/** The most marks that are kept, so that the results stay readable. */
const MAX_MARKS = 10_000;

/** Runs `zero-downtime probe` and returns its exit status. */
export async function runProbe(parsed: Parsed): Promise<number> {
  const command = readProbeCommand(parsed);
  const run = await startProbe(command.options);
  const display = new ProgressDisplay(openScreen(), run);
  const signals = new Signals(run, (text) => display.say(text));
  const result = await watch(run, command, display, signals);
  await Promise.race([display.stop(), sleep(LAST_LINES_MS)]);
  const written = writeOutputs(command.outputs, (option) => [FORMATS[option](result)]);
  // The files are written. A pipe may still wait for its reader, and a signal may end that wait.
  signals.release();
  const text = takesStdout(command.outputs) ? '' : toText(result);
  const shown = new Promise((resolve) => process.stdout.write(text, resolve));
  try {
    await written;
  } finally {
    await shown;
    // Abandoned requests, or a terminal that is stopped, would keep this process alive.
    setImmediate(() => process.exit());
  }
  return exitStatus[result.verdict];
}

/** Shows the progress of a run and waits for its result. */
async function watch(
  run: ProbeRun,
  { options, change, followStdin }: ProbeCommand,
  display: ProgressDisplay,
  signals: Signals,
): Promise<ProbeResult> {
  void display.write(`probing ${shownUrl(readUrl(options.url))}\n`);
  if (followStdin) {
    followLines(process.stdin, run);
  }
  if (!change) {
    return run.result;
  }
  return probeChange(run, {
    ...change,
    tellsVersions: options.versionFrom !== undefined,
    onOutput: (text) => display.write(text),
    onStart: (running) => signals.watch(running),
  });
}

/** Marks the moment of every line, and stops at the end of the input or of the run, whichever is first. */
function followLines(input: Readable, run: ProbeRun): void {
  let marks = 0;
  const lines = new Lines((line) => {
    if (marks++ < MAX_MARKS) {
      run.mark(line);
    }
  });
  input.setEncoding('utf8').on('data', (text: string) => lines.take(text));
  const end = () => {
    lines.end();
    void run.stop();
  };
  // A file ends without closing, a lost terminal closes without ending, and input that cannot be read does neither.
  input.on('end', end).on('close', end).on('error', end);
  run.ended.addEventListener('abort', () => input.destroy());
}
