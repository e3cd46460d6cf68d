import { once } from 'node:events';
import { expect, it, vi } from 'vitest';
import { startProbe } from '../../src/index.js';
import { startFaultyServer } from './faulty-server.js';

vi.mock('../../src/probe/options.js', async (original) => ({
  ...(await original<object>()),
  MAX_IN_FLIGHT: 20,
}));

it('has no more requests in flight than its memory is meant for, says so and gives no verdict', async () => {
  const server = await startFaultyServer(() => 'hang');
  const run = await startProbe({
    url: server.url,
    rate: 100,
    connections: 0,
    durationMs: 1000,
    connectTimeoutMs: 60_000,
    timeoutMs: 60_000,
    maxSlipMs: 5000,
  });
  await once(run.ended, 'abort');
  await server.close();
  const result = await run.result;
  expect(result).toMatchObject({ verdict: 'not-measured', sent: 20, failed: 20, skipped: 80 });
  expect(result.reasons).toEqual([
    '80 requests were not sent because 20 were in flight, as many as this program takes on at once; ' +
      'lower the load or --timeout',
  ]);
});
