import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startProbe, type ProbeOptions } from '../src/index.js';
import { parseLocalAddresses } from '../src/probe/local-address.js';

/**
 * How many requests a second one core sends on time. Run it with this process on one core (`npm run bench:probe` does);
 * the server is put on the other.
 */
const durationMs = 10_000;
const rates = [3000, 6000, 10_000];
const loads: Record<string, (rate: number) => Partial<ProbeOptions>> = {
  'new connections': (rate) => ({ rate, connections: 0 }),
  'kept connections': (rate) => ({ rate: 0, connections: rate / 20, keepAliveIntervalMs: 50 }),
};

const server = spawn(
  'taskset',
  ['-c', '1', process.execPath, fileURLToPath(new URL('server.js', import.meta.url))],
  {
    stdio: ['ignore', 'pipe', 'inherit'],
  },
);
const [port] = (await once(server.stdout, 'data')) as [Buffer];
const url = `http://127.0.0.1:${port.toString().trim()}/`;
const localAddresses = parseLocalAddresses('127.0.0.2-127.0.0.65');

try {
  for (const [name, options] of Object.entries(loads)) {
    for (const rate of rates) {
      const before = process.cpuUsage();
      const run = await startProbe({ url, durationMs, localAddresses, ...options(rate) });
      const result = await run.result;
      const { user, system } = process.cpuUsage(before);
      const { p50, p99 } = result.streams[0].latencyMs;
      console.log(
        `${name}: ${rate}/s asked, ${(result.sent * 1000) / durationMs}/s sent, ${result.failed} failed, ` +
          `${Math.round((user + system) / durationMs / 10)} % of a core, slip p99 ${result.slipMs.p99.toFixed(1)} ms, ` +
          `latency p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms: ${result.verdict}`,
      );
    }
  }
} finally {
  server.kill();
}
