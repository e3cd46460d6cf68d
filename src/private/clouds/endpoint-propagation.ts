import type { PublishedPart } from './cloud';

/** The first part of every drain, whatever is in front of the pods. */
export const ENDPOINT_PROPAGATION: PublishedPart = {
  seconds: 15,
  reason: 'until every node and controller has heard that the pod goes',
  source: 'docs/adr/0003-drain.md',
};
