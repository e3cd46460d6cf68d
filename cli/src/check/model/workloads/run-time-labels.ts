import { text } from '../../read/fields.js';
import type { Requirement } from '../selectors/selector.js';

/** Words for what a program knows of itself only while it runs, and writes on its own pod as a label. */
const STATES: ReadonlySet<string> = new Set([
  ...['active', 'elected', 'follower', 'initialized', 'leader', 'master', 'primary', 'replica', 'sealed'],
  ...['secondary', 'slave', 'standby', 'writer'],
]);

/** Labels of programs whose words are not about a state. */
const OTHER_LABELS =
  /^longhorn\.io\/(?:admission-webhook|conversion-webhook|recovery-backend|share-manager)$/;

/** Whether a selector asks for a label that a program may set at run time, as Vault and Patroni do on the pod that leads. */
export function isOfRunTime({ label, operator, values }: Requirement): boolean {
  if (operator !== 'In') {
    return false;
  }
  const words = [label, ...[...values].map((value) => text(value) ?? '')].flatMap((one) =>
    one
      .replace(/[A-Z]/g, ' $&')
      .toLowerCase()
      .split(/[^a-z]+/),
  );
  return OTHER_LABELS.test(label) || words.some((word) => STATES.has(word));
}
