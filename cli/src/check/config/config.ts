import type { Severity } from '../rules/rule.js';

/** The configuration that is read from the working directory if none is named. */
export const DEFAULT_CONFIG_FILE = '.zero-downtime.yaml';

/** The configuration of a check, as in the file of `--config`. */
export interface Config {
  /** The lowest severity that counts. Default: warning. */
  readonly severity?: Severity;
  /** The version of Kubernetes that the manifests are for, such as 1.34. Default: the newest that is known. */
  readonly kubernetesVersion?: string;
  /** Rules by id that are turned off, or count as more or less than they would. */
  readonly rules?: Readonly<Record<string, RuleSetting>>;
  /** Findings in objects that cannot have an annotation. */
  readonly ignore?: readonly IgnoredObjects[];
}

/** How a rule counts. */
export interface RuleSetting {
  readonly severity: Severity | 'off';
  readonly reason: string;
}

/** A rule that does not apply to some objects. A field that is left out matches every object; `*` stands for any characters. */
export interface IgnoredObjects {
  readonly kind?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly rule: string;
  readonly reason: string;
  /** Where it is written. */
  readonly file?: string;
  readonly line?: number;
}
