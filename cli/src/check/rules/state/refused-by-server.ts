import type { StateRule } from '../rule.js';

export const refusedByServer: StateRule = {
  id: 'refused-by-server',
  severity: 'error',
  reason:
    'the cluster refused the object in a dry run of kubectl apply (--server-dry-run), so what is applied together is applied in part',
  fix: 'correct what the API server names; if the object has to be replaced, do that in steps of its own',
  check: (state) => state.serverRefusals,
};
