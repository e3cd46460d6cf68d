import { Node, NodeLabelQuery } from 'cdk8s-plus-27';
import { describe, test } from 'vitest';
import { expectAccepted, expectRefused, expectRefusedAtSynth } from '../helpers';

const HOST = 'kubernetes.io/hostname';
const WHY = 'all pods would run on one node, and when it is drained, none of them has another place';
const FIX = 'Select by a label that several nodes have, or write acceptDowntimeOnDrain: true.';

const onHosts = (...hosts: string[]) => Node.labeled(NodeLabelQuery.in(HOST, hosts));

describe('a single node for all pods', () => {
  test('as nodeSelector is refused', () => {
    const scheduling = { nodeSelector: { [HOST]: 'node-1' } };
    expectRefused({ scheduling }, `scheduling.nodeSelector['${HOST}'] = "node-1": ${WHY}. ${FIX}`);
    expectAccepted({ scheduling, acceptDowntimeOnDrain: true });
  });

  test('to which cdk8s-plus assigns them is refused', () => {
    expectRefusedAtSynth(
      {},
      ({ deployment }) => deployment.scheduling.assign(Node.named('node-1')),
      `deployment.scheduling.assign() = "node-1": ${WHY}. ${FIX}`,
    );
    expectAccepted({ acceptDowntimeOnDrain: true }, ({ deployment }) =>
      deployment.scheduling.assign(Node.named('node-1')),
    );
  });

  test('to which cdk8s-plus attracts them is refused', () => {
    expectRefusedAtSynth(
      {},
      ({ deployment }) => deployment.scheduling.attract(onHosts('node-1')),
      `deployment.scheduling.attract() = "node-1": ${WHY}. ${FIX}`,
    );
  });

  test('that they merely prefer is taken', () => {
    expectAccepted({}, ({ deployment }) => deployment.scheduling.attract(onHosts('node-1'), { weight: 1 }));
  });

  test('beside another one is taken', () => {
    expectAccepted({}, ({ deployment }) => deployment.scheduling.attract(onHosts('node-1', 'node-2')));
    expectAccepted({}, ({ deployment }) => {
      deployment.scheduling.attract(onHosts('node-1'));
      deployment.scheduling.attract(onHosts('node-2'));
    });
    expectAccepted({}, ({ deployment }) => {
      deployment.scheduling.attract(onHosts('node-1'));
      deployment.scheduling.attract(Node.labeled(NodeLabelQuery.is('disk', 'fast')));
    });
  });
});
