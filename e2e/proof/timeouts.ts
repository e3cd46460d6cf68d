/** Every time limit of the proof, in seconds. */
export const PROOF_TIMEOUTS = {
  /** Load without a change, before it: must show no failure. */
  baseline: 10,
  /** Load after the change is over and the last pod has gone. */
  tail: 5,
  rollout: 300,
  podsGone: 150,
  available: 120,
  address: 30,
  answer: 60,
};
