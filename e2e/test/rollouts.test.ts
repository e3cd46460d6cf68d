import { describe, expect, it } from 'vitest';
import { deploymentWith, RECORDED } from '../rollouts/deployments';
import { PodLog } from '../rollouts/pod-log';

const pod = (name: string, state: { ready?: boolean; deleted?: boolean } = {}) => ({
  metadata: { name, ...(state.deleted && { deletionTimestamp: new Date(0) }) },
  status: { conditions: [{ type: 'Ready', status: state.ready ? 'True' : 'False' }] },
});

const deployment = (generation: number, updatedReplicas: number) => ({
  metadata: { generation },
  spec: { replicas: 1, selector: {}, template: {} },
  status: { observedGeneration: generation, replicas: 1, availableReplicas: 1, updatedReplicas },
});

describe('a recording of a rollout', () => {
  it('tells the life of each pod from the change on', () => {
    const log = new PodLog();
    log.noteDeployment(deployment(1, 1), 900);
    log.notePod('ADDED', pod('a'), 1000);
    log.notePod('MODIFIED', pod('a', { ready: true }), 4000);
    log.noteDeployment(deployment(2, 0), 10_000);
    log.notePod('ADDED', pod('b'), 10_100);
    log.notePod('MODIFIED', pod('b', { ready: true }), 14_000);
    log.notePod('MODIFIED', pod('a', { ready: true, deleted: true }), 14_100);
    log.notePod('MODIFIED', pod('b', { ready: true }), 14_150);
    log.noteDeployment(deployment(2, 1), 14_200);
    expect(log.isOver).toBe(false);
    log.notePod('DELETED', pod('a', { deleted: true }), 20_000);
    expect(log.isOver).toBe(true);
    expect(log.staying).toEqual(['b']);
    expect(log.recording(new Map([['b', 13_900]]))).toEqual({
      completeMs: 4200,
      pods: [
        { version: 'old', deletedMs: 4100, goneMs: 10_000 },
        { version: 'new', createdMs: 100, listeningMs: 3900, readyMs: 4000 },
      ],
    });
  });

  it('is refused when the change or the end was not seen', () => {
    expect(() => new PodLog().recording(new Map())).toThrow('did not see the rollout');
  });
});

describe('the Deployments of the recordings', () => {
  it('change their image and nothing else', () => {
    for (const settings of Object.values(RECORDED)) {
      const [before, after] = (['1.4.2', '1.5.0'] as const).map((version) =>
        deploymentWith(settings, version),
      );
      expect(JSON.stringify(before).replace(':1.4.2', ':1.5.0')).toBe(JSON.stringify(after));
    }
  });
});
