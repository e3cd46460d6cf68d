import { isFields } from '../check/read/fields.js';
import { SEVERITIES, type Severity } from '../check/rules/rule.js';
import { UsageError } from '../shared/errors.js';
import { printable } from '../shared/untrusted-text.js';

/** What cdk8s.yaml can say below `properties`. */
export interface Properties {
  /** The lowest severity that counts. Default: what the configuration says, or else warning. */
  readonly severity?: Severity;
  /** The configuration file. Default: .zero-downtime.yaml, if it exists. */
  readonly config?: string;
  /** Each file is checked by itself, for apps that write several versions of the same objects. Default: false. */
  readonly fileByFile: boolean;
}

const PROPERTY_NAMES = 'severity, config or fileByFile';

/**
 * Reads the properties of the plugin.
 *
 * @throws UsageError with a line for each one that does not exist or has a wrong type
 */
export function readProperties(properties: unknown): Properties {
  if (!isFields(properties)) {
    throw refused([`properties: got ${JSON.stringify(properties)}; write ${PROPERTY_NAMES} below it`]);
  }
  const { severity, config, fileByFile = false, ...others } = properties;
  const refusals = Object.keys(others).map((name) => `there is no property ${name}; write ${PROPERTY_NAMES}`);
  const known = SEVERITIES.find((name) => name === severity);
  if (severity !== undefined && known === undefined) {
    refusals.push(`severity: got ${JSON.stringify(severity)}; write ${SEVERITIES.join(', ')}`);
  }
  if (config !== undefined && (typeof config !== 'string' || config === '')) {
    refusals.push(`config: got ${JSON.stringify(config)}; write the name of a file`);
  }
  if (typeof fileByFile !== 'boolean') {
    refusals.push(`fileByFile: got ${JSON.stringify(fileByFile)}; write true or false`);
  }
  if (refusals.length > 0) {
    throw refused(refusals);
  }
  return { severity: known, config: config as string | undefined, fileByFile: fileByFile as boolean };
}

/** The error that ends cdk8s synth, with a line for each reason. */
export function refused(reasons: readonly string[]): UsageError {
  return new UsageError(reasons.map((reason) => `ZeroDowntimeValidation: ${printable(reason)}`).join('\n'));
}
