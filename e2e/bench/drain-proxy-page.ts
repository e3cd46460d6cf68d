import { median } from '../../bench/summary';
import { table } from '../report/format';
import { type DrainProxyResult, type Sample, SIDES } from './measure-drain-proxy';

/** What is compared, with its unit and the number of decimals. */
const ROWS: [string, keyof Sample, number][] = [
  ['new connection, p50, ms', 'newP50', 2],
  ['new connection, p99, ms', 'newP99', 2],
  ['kept connection, p50, ms', 'keptP50', 2],
  ['kept connection, p99, ms', 'keptP99', 2],
  ['throughput, requests/s', 'throughput', 0],
  ['end of a pod, s', 'terminationSeconds', 1],
];

/** The result as a page. */
export function renderDrainProxyPage(result: DrainProxyResult): string {
  const { environment, rounds, load, workers, proxyMebibytes } = result;
  const rows = ROWS.map(([title, key, digits]) => {
    const [without, withProxy] = SIDES.map((side) => median(result.samples[side], key));
    return [title, without.toFixed(digits), withProxy.toFixed(digits), (withProxy / without).toFixed(2)];
  });
  return `# What a drain proxy costs

Written by \`npm run bench:drain-proxy\`; do not edit.

${table(['', 'without', 'with', 'ratio'], rows)}

The proxy's container used ${proxyMebibytes.toFixed(0)} MiB after that.

Medians of ${rounds} rounds in which both sides took turns, 2 pods each, on the cluster of the proof with load and cluster on the same
${environment.cores} cores (${environment.cpu}, ${environment.date}, commit ${environment.commit}). Latency under ${load.rate} new connections/s and ${load.connections} kept ones at 4 requests/s each;
throughput of ${workers} workers on kept connections, the machine being full; the application answers at once and exits at once on SIGTERM.
`;
}
