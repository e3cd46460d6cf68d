import fc from 'fast-check';
import { describe, inject, test } from 'vitest';
import { acceptable, type Asked } from '../../../test/arbitraries';
import type { Manifest } from '../../../test/helpers';
import { SEED } from '../../../test/support/random';
import { ApiServer } from './api-server';
import { synthesize } from './combination';
import { expectTaken, expectUpdated } from './expectations';
import { expectForAll, NUM_RUNS } from './for-all';
import { NAMESPACE } from './servers';

const servers = inject('servers').map((access) => new ApiServer(access));

/** Updates that are tried on each live object. */
const UPDATES = 4;
const liveAndUpdates = fc.tuple(acceptable, fc.array(acceptable, { minLength: UPDATES, maxLength: UPDATES }));

/** A combination of props and its objects. */
interface Release {
  asked: Asked;
  objects: Manifest[];
}

/** Creates the objects of one release, then updates them to each other release in a dry run. */
async function expectUpdates(server: ApiServer, live: Release, updates: Release[]): Promise<void> {
  for (const object of live.objects) {
    expectTaken(server, object, await server.apply(object, NAMESPACE), live.asked);
  }
  for (const { asked, objects } of updates) {
    for (const object of objects) {
      const answer = await server.apply(object, NAMESPACE, { dryRun: true });
      expectUpdated(server, live.objects, object, answer, asked);
    }
  }
}

describe(`kube-apiserver ${servers.map(({ version }) => version).join(', ')} (seed ${SEED})`, () => {
  test('accepts every combination as an update of another one, except for immutable fields', async () => {
    let count = 0;
    await expectForAll('live objects', NUM_RUNS / UPDATES, liveAndUpdates, async ([first, updates]) => {
      const name = `live-object-${++count}`;
      const release = (props: Asked): Release => {
        const furtherExposures = props.furtherExposures?.map((further) => ({
          ...further,
          serviceName: `${name}-${further.serviceName}`,
        }));
        const asked = { ...props, name, serviceName: undefined, furtherExposures };
        return { asked, objects: synthesize(asked).objects };
      };
      const live = release(first);
      const changed = updates.map(release);
      await Promise.all(servers.map((server) => expectUpdates(server, live, changed)));
    });
  });
});
