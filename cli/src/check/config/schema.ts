import { NEWEST_VERSION, VERSION_PATTERN } from '../kubernetes/version.js';
import { MAX_NAME_LENGTH } from '../read/object.js';
import { SEVERITIES, type StateRule, type UpgradeRule } from '../rules/rule.js';

/** The JSON Schema of a configuration file, with which editors complete it and find typing errors. */
export function configSchema(rules: readonly (StateRule | UpgradeRule)[]): object {
  const ids = rules.map(({ id }) => id).sort();
  const reason = { description: 'Why, in one line.', type: 'string', pattern: '\\S' };
  const pattern = (description: string) => ({
    description,
    type: 'string',
    minLength: 1,
    maxLength: MAX_NAME_LENGTH,
  });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'https://raw.githubusercontent.com/cdk8s-zero-downtime/cdk8s-zero-downtime/main/cli/schema/config.schema.json',
    title: 'Configuration of zero-downtime check',
    type: 'object',
    properties: {
      severity: { description: 'The least severity that counts.', enum: SEVERITIES, default: 'warning' },
      kubernetesVersion: {
        description: `The version of Kubernetes that the manifests are for, in quotes, such as "${NEWEST_VERSION}".`,
        type: 'string',
        pattern: VERSION_PATTERN,
        default: NEWEST_VERSION,
      },
      rules: {
        description: 'Rules that are turned off, or count as more or less than they would.',
        type: 'object',
        propertyNames: { enum: ids },
        additionalProperties: {
          type: 'object',
          properties: { severity: { enum: ['off', ...SEVERITIES] }, reason },
          required: ['severity', 'reason'],
          additionalProperties: false,
        },
      },
      ignore: {
        description: 'Findings in objects that cannot have the annotation zero-downtime/ignore.',
        type: 'array',
        items: {
          type: 'object',
          properties: {
            kind: pattern('The kind of the objects; * stands for any characters.'),
            namespace: pattern('Their namespace; * stands for any characters.'),
            name: pattern('Their name; * stands for any characters.'),
            rule: { description: 'The rule that does not apply to them.', enum: ids },
            reason,
          },
          required: ['rule', 'reason'],
          anyOf: [{ required: ['kind'] }, { required: ['namespace'] }, { required: ['name'] }],
          additionalProperties: false,
        },
      },
    },
    additionalProperties: false,
  };
}
