import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as copy from '../cli/src/check/model/services/clouds.js';
import * as clouds from '../src/private/clouds';
import type { IngressController, LoadBalancer } from '../src/private/clouds/cloud';

test("the command's copy of the numbers is what npm run clouds writes", () => {
  expect({ ...copy }).toEqual({ ...clouds });
});

test('the guide has the source of every number that is published', () => {
  const guide = readFileSync(join(__dirname, '../docs/guide/exposure.md'), 'utf8');
  const sources = [
    ...Object.values<LoadBalancer>(clouds.LOAD_BALANCERS).flatMap(({ nodes, pods, deregistration }) => [
      ...(nodes.healthCheck?.sources ?? []),
      nodes.acting?.source,
      pods?.removal.source,
      pods?.addition.source,
      deregistration?.source,
    ]),
    ...clouds.INGRESS_CONTROLLERS.flatMap(({ sources }: IngressController) => sources),
  ].filter((source) => source?.startsWith('https://'));
  expect(sources.filter((source) => !guide.includes(source!))).toEqual([]);
});
