import type { ValidationContext } from './context.js' with { 'resolution-mode': 'import' };

/**
 * The rules of `zero-downtime check` about manifests as a validation plugin of cdk8s, for `validations` in cdk8s.yaml.
 * cdk8s-cli loads plugins with require and by the `main` of their package, so this is CommonJS.
 */
export class ZeroDowntimeValidation {
  /** @param properties what cdk8s.yaml says below `properties`; see Properties */
  constructor(private readonly properties: unknown) {}

  /**
   * Reports what the manifests break, and what could not be checked. Fails if there is any of it.
   *
   * @throws UsageError for properties or a configuration that cannot be used
   */
  async validate(context: ValidationContext): Promise<void> {
    const { validate } = await import('./validate.js');
    await validate(this.properties, context);
  }
}
