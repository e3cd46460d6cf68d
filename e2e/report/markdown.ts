import type { ScenarioResult } from '../proof/run-scenario';

/** Where and with what the proof ran. */
export interface Machine {
  readonly cores: number;
  readonly memoryGiB: number;
  /** Component versions. */
  readonly versions: Readonly<Record<string, string>>;
  readonly date: string;
}

/** The report as a page. */
export function toMarkdown(results: readonly ScenarioResult[], machine: Machine): string {
  const controls = results.filter(({ kind }) => kind === 'control');
  const ours = results.filter(({ kind }) => kind === 'ours');
  const judged = ours.filter(({ outcome }) => outcome === 'held' || outcome === 'broken');
  const sum = (field: 'requests' | 'failed') => judged.reduce((total, result) => total + result[field], 0);
  return `# The proof

Written by \`npm run e2e:all\`; do not edit. Every change below was made to a service on a real cluster while requests kept
coming through its load balancer: new connections, connections that are kept open, and requests that take 3 s. Nothing is
retried, and what was sent is reconciled with what was answered.

**${judged.length} changes to a ZeroDowntimeDeployment, ${number(sum('requests'))} requests on new connections, ${number(sum('failed'))} failed.**
${bound(sum('requests'), sum('failed'))}

![The article's naive manifest, the article's fix, and this library, in the same rollout](rollout.svg)

## Controls

Manifests that must drop requests. If one does not, the instrument sees nothing and the whole run is void.

${table(controls)}

## ZeroDowntimeDeployment

The application is unmodified and exits at once on SIGTERM. Requests on kept-alive connections are counted apart: an
application that closes a connection while a client uses it loses a request, whatever the manifest says.

${table(ours)}

A scenario is void, which fails the run, if its load of ten seconds before the change shows a failure, if the schedule of
the load was not kept, or if requests were lost count of. A verdict is never retried.

## Where

${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.date}.

${Object.entries(machine.versions)
  .map(([name, version]) => `- ${name}: ${version}`)
  .join('\n')}

## Again

On a Debian machine, as root:

\`\`\`sh
npm ci && npm run e2e:all
\`\`\`

[results.json](results.json) has every number.
`;
}

function table(results: readonly ScenarioResult[]): string {
  const rows = results.map((result) => {
    const { name, outcome, requests, failed, keepAliveRequests, keepAliveFailed, seconds, reason } = result;
    if (outcome === 'skipped' || outcome === 'void') return [name, `${outcome}: ${reason}`, '', '', '', ''];
    const rate = failed === 0 ? `< ${percent(3 / requests)}` : percent(failed / requests);
    const kept = `${number(keepAliveFailed)} of ${number(keepAliveRequests)}`;
    return [name, number(requests), failed === 0 ? '**0**' : number(failed), rate, kept, `${seconds} s`];
  });
  const header = ['scenario', 'requests', 'failed', 'rate (95 %)', 'failed, kept-alive', 'duration'];
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/** What no failure in so many requests says: with 95 % confidence, the rate is below 3 / N. */
function bound(requests: number, failed: number): string {
  return failed === 0
    ? `With 95 % confidence that is a rate below ${percent(3 / requests)} (3 / N).`
    : 'The claim of this library does not hold in this run.';
}

function percent(rate: number): string {
  return `${(rate * 100).toPrecision(2)} %`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
