import { crossingMs, deviation, type Comparison, type Figures } from './rollout-recordings.js';

/** The page that shows recorded rollouts beside their plans. */
export function rolloutPage(comparisons: readonly Comparison[]): string {
  return `# Plans beside recorded rollouts

\`npm run e2e:rollouts\` rolls out Deployments of the test application on [the cluster of the proof](../../../e2e/README.md) and writes
what a watch saw of their pods into the files of this folder, each with its Deployment. Beside it is the plan of
[\`zero-downtime check --plan\`](../../guide/plan.md) for the same Deployment. It knows the start-up time that the application is set to,
and how long the pods of the old version took until their container started (the median); it knows nothing of the rollout.
A test compares them: waves, fewest ready and most pods at once are equal, and the time until the rollout is complete differs by at
most 15 %. Most pods are those for ${crossingMs} ms or longer: the ReplicaSets of old and new pods are changed together and act each for
itself, so old and new pods may cross, and what was there for a shorter time stands behind it.

${table(
  [
    'rollout',
    'waves',
    'fewest ready',
    'most pods',
    'with terminating',
    'planned',
    'recorded',
    'differs by',
    'commit',
  ],
  comparisons.map((comparison) => {
    const { recording, planned, recorded } = comparison;
    const both = (of: (figures: Figures) => string | number) =>
      of(planned) === of(recorded) ? `${of(planned)}` : `${of(planned)}, recorded ${of(recorded)}`;
    const percent = deviation(comparison) * 100;
    return [
      `[${recording.name}](${recording.name}.json)`,
      both(({ waves }) => waves.join(' + ')),
      both(({ leastReady }) => leastReady),
      both(({ mostPods }) => mostPods) + crossing(recorded),
      both(({ mostWithTerminating }) => mostWithTerminating),
      seconds(planned.completeMs),
      seconds(recorded.completeMs),
      `${percent < 0 ? '-' : '+'}${Math.abs(percent).toFixed(1)} %`,
      recording.commit,
    ];
  }),
)}
`;
}

function crossing({ mostPods, peakPods }: Figures): string {
  return peakPods > mostPods ? `, shortly ${peakPods}` : '';
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** A table as prettier writes it. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i].length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
