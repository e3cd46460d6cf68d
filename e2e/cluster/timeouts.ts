/** Every time limit of the cluster, in milliseconds. */
export const TIMEOUTS = {
  poll: 200,
  componentReady: 30_000,
  componentStop: 10_000,
  nodesReady: 60_000,
  addonsReady: 120_000,
  machineReady: 5_000,
  namespaceEmpty: 10_000,
};
