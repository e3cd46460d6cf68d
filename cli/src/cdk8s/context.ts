/** What cdk8s-cli gives to a validation plugin, as far as it is used here. */
export interface ValidationContext {
  /** The files that were written. */
  readonly manifests: readonly string[];
  /** Where objects are in the app, by their name alone: of several with the same name, cdk8s keeps only the path of the last. */
  readonly metadata: Readonly<Record<string, { readonly path: string }>>;
  readonly report: {
    addViolation(violation: Violation): void;
    submit(status: 'success' | 'failure', metadata: Readonly<Record<string, string>>): void;
  };
}

/** A rule that is broken, and where. */
export interface Violation {
  readonly ruleName: string;
  readonly recommendation: string;
  readonly fix: string;
  readonly violatingResources: readonly ViolatingResource[];
}

/** An object that breaks a rule. cdk8s-cli adds the path of the construct that has its name. */
export interface ViolatingResource {
  readonly resourceName: string;
  readonly manifestPath: string;
  readonly locations: readonly string[];
}
