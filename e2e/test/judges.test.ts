import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REPOSITORY } from '../cluster/paths';
import { EXEMPTIONS } from '../without-cluster/judges/exemptions';
import { jsonSchema } from '../without-cluster/judges/schemas';

it.each(EXEMPTIONS)("kube-score's $check: $finding, stands in the guide", ({ check, finding }) => {
  const guide = readFileSync(join(REPOSITORY, 'docs', 'guide', 'judges.md'), 'utf8');
  expect(guide).toMatch(new RegExp(`\\| \`${check}\` +\\| ${finding} +\\| \\w`));
});

describe('jsonSchema', () => {
  const definitions = {
    Kind: {
      description: 'A kind.',
      type: 'object',
      required: ['name'],
      properties: {
        name: { type: 'string', description: 'Its name.' },
        port: { type: 'string', format: 'int-or-string' },
        labels: { type: 'object', additionalProperties: { type: 'string' } },
        children: { type: 'array', items: { $ref: '#/definitions/Child' } },
      },
    },
    Child: { type: 'object', properties: { kind: { $ref: '#/definitions/Kind' } } },
    Unused: { type: 'object' },
  };

  it('refuses what is not listed, and has all that it refers to', () => {
    expect(jsonSchema(definitions, 'Kind')).toEqual({
      $schema: 'http://json-schema.org/draft-07/schema#',
      allOf: [{ $ref: '#/definitions/Kind' }],
      definitions: {
        Kind: {
          type: 'object',
          required: ['name'],
          properties: {
            name: { type: 'string' },
            port: { type: ['string', 'integer'] },
            labels: { type: 'object', additionalProperties: { type: 'string' } },
            children: { type: 'array', items: { $ref: '#/definitions/Child' } },
          },
          additionalProperties: false,
        },
        Child: {
          type: 'object',
          properties: { kind: { $ref: '#/definitions/Kind' } },
          additionalProperties: false,
        },
      },
    });
  });
});
