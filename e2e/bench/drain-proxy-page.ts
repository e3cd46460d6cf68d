import { median } from '../../bench/summary';
import { table } from '../report/format';
import { type DrainProxyResult, type Sample, SIDES } from './measure-drain-proxy';

/** What is compared, with its unit and the number of decimals. */
const ROWS: [string, keyof Sample, number][] = [
  ['new connection, p50, ms', 'newP50', 2],
  ['new connection, p99, ms', 'newP99', 2],
  ['kept connection, p50, ms', 'keptP50', 2],
  ['kept connection, p99, ms', 'keptP99', 2],
  ['GET, full machine, requests/s', 'getThroughput', 0],
  ['CPU for each, µs', 'getCpu', 0],
  ['of it the proxy, µs', 'getProxyCpu', 0],
  ['POST, full machine, requests/s', 'postThroughput', 0],
  ['CPU for each, µs', 'postCpu', 0],
  ['of it the proxy, µs', 'postProxyCpu', 0],
  ['end of a pod, s', 'terminationSeconds', 1],
];

/** The result as a page. */
export function renderDrainProxyPage(result: DrainProxyResult): string {
  const { environment, rounds, load, workers, proxyMebibytes } = result;
  const rows = ROWS.map(([title, key, digits]) => {
    const [without, withProxy] = SIDES.map((side) => median(result.samples[side], key));
    const ratio = without === 0 ? '' : (withProxy / without).toFixed(2);
    return [title, without.toFixed(digits), withProxy.toFixed(digits), ratio];
  });
  return `# What a drain proxy costs

Written by \`npm run bench:drain-proxy\`; do not edit.

${table(['', 'without', 'with', 'ratio'], rows)}

The proxy's container used ${proxyMebibytes.toFixed(0)} MiB after that.

Medians of ${rounds} rounds in which both sides took turns, 2 pods each, on the cluster of the proof with load and cluster on the same
${environment.cores} cores (${environment.cpu}, ${environment.date}, commit ${environment.commit}). Latency under ${load.rate} new connections/s and ${load.connections} kept ones at 4 requests/s each;
full machine: ${workers} workers on kept connections, each of which sends again as soon as it has an answer. CPU is that of the pods' containers,
as the kubelets count it. The application answers at once and exits at once on SIGTERM.
`;
}
