import type { CommandSpec } from '../../shared/command-line.js';
import { PROBE_OPTIONS } from './options.js';

/** `zero-downtime probe` */
export const PROBE: CommandSpec = {
  name: 'probe',
  summary: 'send requests on a fixed schedule and account for every one of them',
  usage: 'URL [OPTIONS] [-- COMMAND...]',
  description: `Sends requests to URL on a fixed schedule that no slow answer delays, on new and on persistent connections at once, never repeats one, and accounts for every single one. With a COMMAND it does so while the COMMAND runs and until the change that it makes is over.`,
  options: PROBE_OPTIONS,
  more: `Ctrl-C (SIGINT) and SIGTERM end the sending; the probe waits for the answers in flight and writes its results.
A running COMMAND gets the same signal, and the probe waits for it; a second signal leaves it running.
Nothing else that ends the probe ends the COMMAND.

Exit status: 0 none failed, 2 some failed, 1 could not measure (the reasons are printed).

Examples:
  zero-downtime probe http://myapp.example.com/
  zero-downtime probe http://myapp.example.com/ --version-from header:x-version --svg rollout.svg \\
    -- kubectl apply -f dist/
  zero-downtime probe http://myapp.example.com/ --rollout deployment/myapp -- ./release.sh`,
  // What it needs takes a while to load, which the other commands need not wait for.
  run: async (parsed) => (await import('./probe.js')).runProbe(parsed),
};
