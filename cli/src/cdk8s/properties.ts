import { isFields } from '../check/read/fields.js';
import { severities, type Severity } from '../check/rules/rule.js';
import { UsageError } from '../errors.js';

/** What cdk8s.yaml can say below `properties`. */
export interface Properties {
  /** The least that counts. Default: warning. */
  readonly severity: Severity;
  /** Each file is checked by itself, for apps that write several versions of the same objects. Default: false. */
  readonly fileByFile: boolean;
}

/**
 * Reads the properties of the plugin.
 *
 * @throws UsageError with a line for each that does not exist or has another type
 */
export function readProperties(properties: unknown): Properties {
  if (!isFields(properties)) {
    throw refused([`properties: got ${JSON.stringify(properties)}; write severity or fileByFile below it`]);
  }
  const { severity = 'warning', fileByFile = false, ...others } = properties;
  const refusals = Object.keys(others).map(
    (name) => `there is no property ${name}; write severity or fileByFile`,
  );
  const known = severities.find((name) => name === severity);
  if (known === undefined) {
    refusals.push(`severity: got ${JSON.stringify(severity)}; write ${severities.join(', ')}`);
  }
  if (typeof fileByFile !== 'boolean') {
    refusals.push(`fileByFile: got ${JSON.stringify(fileByFile)}; write true or false`);
  }
  if (known === undefined || typeof fileByFile !== 'boolean' || refusals.length > 0) throw refused(refusals);
  return { severity: known, fileByFile };
}

function refused(refusals: readonly string[]): UsageError {
  return new UsageError(refusals.map((refusal) => `ZeroDowntimeValidation: ${refusal}`).join('\n'));
}
