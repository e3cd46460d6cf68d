import { describe, expect, inject, test } from 'vitest';
import { acceptable, anything, type Asked } from '../../../test/arbitraries';
import { type Manifest, REFUSAL } from '../../../test/helpers';
import { SEED } from '../../../test/support/random';
import { ApiServer } from './api-server';
import { synthesize } from './combination';
import { expectTaken } from './expectations';
import { expectForAll, NUM_RUNS } from './for-all';
import { NAMESPACE } from './servers';

const servers = inject('servers').map((access) => new ApiServer(access));

/** Every server takes every object, in a dry run. */
async function expectAccepted(objects: Manifest[], asked: Asked): Promise<void> {
  await Promise.all(
    servers.flatMap((server) =>
      objects.map(async (object) =>
        expectTaken(server, object, await server.create(object, NAMESPACE, { dryRun: true }), asked),
      ),
    ),
  );
}

describe(`kube-apiserver ${servers.map(({ version }) => version).join(', ')} (seed ${SEED})`, () => {
  test('accepts every combination of props that does not contradict the promise', async () => {
    await expectForAll('accepted', NUM_RUNS, acceptable, async (asked) => {
      const { objects, refusal } = synthesize(asked);
      expect(refusal).toBeUndefined();
      await expectAccepted(objects, asked);
    });
  });

  test('accepts every other combination of props, unless we refuse it ourselves', async () => {
    let refused = 0;
    await expectForAll('refused or accepted', NUM_RUNS, anything, async (asked) => {
      const { objects, refusal = '[chart/web] accepted = true: fine. Go on.' } = synthesize(asked);
      refused += objects.length === 0 ? 1 : 0;
      expect(refusal).toMatch(REFUSAL);
      await expectAccepted(objects, asked);
    });
    console.error(`refused by us: ${refused} of ${NUM_RUNS}`);
    // Neither side may be empty: then the property would prove nothing.
    expect(refused).toBeGreaterThan(0);
    expect(refused).toBeLessThan(NUM_RUNS);
  });
});
