import { toSvg } from 'zero-downtime';
import type { ScenarioResult } from '../proof/run-scenario';
import { cloudTiming } from '../scenarios/cloud-timing';
import { controlFixed } from '../scenarios/control-fixed';
import { controlNaive } from '../scenarios/control-naive';
import { drainProxies } from '../scenarios/drain-proxy';
import { rollout } from '../scenarios/rollout';
import type { Titled } from './stacked-svg';

/** The slowest of the changes behind a cloud's timing. */
const nodeLeavesAws = cloudTiming.filter(({ id }) => id.endsWith('node-leaves-aws'));

/** The scenarios of the picture; those that did not run are left out. */
const PICTURE = [
  { id: controlNaive.id, title: 'Naive manifest' },
  { id: controlFixed.id, title: 'Readiness probe, rolling update' },
  { id: rollout.id, title: 'ZeroDowntimeDeployment, and back' },
  {
    id: drainProxies[0].id,
    title: 'With a drain proxy, which serves kept connections too',
    isAboutAll: true,
  },
  ...nodeLeavesAws.map(({ id, kind }) => ({
    id,
    title: kind === 'ours' ? 'ZeroDowntimeDeployment' : 'Defaults of cdk8s-plus-27',
  })),
];

/** Ids of the scenarios that are drawn. */
export const DRAWN: readonly string[] = PICTURE.map(({ id }) => id);

/**
 * A picture of each scenario: of the requests on new connections, for which zero failures are promised by default, and where a
 * drain proxy promises it for kept connections, of all requests.
 */
export function pictures(results: readonly ScenarioResult[]): Titled[] {
  return PICTURE.flatMap(({ id, title, isAboutAll = false }) => {
    const result = results.find((candidate) => candidate.id === id);
    if (!result?.measured) {
      return [];
    }
    return [{ title, svg: toSvg(result.measured, isAboutAll ? {} : { connections: 'new' }) }];
  });
}
