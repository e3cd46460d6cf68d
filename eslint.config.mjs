import js from '@eslint/js';
import vitest from '@vitest/eslint-plugin';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      '**/node_modules',
      '**/lib',
      'dist',
      'imports/*.ts',
      'coverage',
      '**/*.d.ts',
      '.stryker-tmp',
      'reports',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  { rules: { curly: 'error' } },
  {
    // What only the types tell, from the same tsconfig as npm run typecheck.
    files: ['**/*.ts', '**/*.mts', '**/*.cts'],
    languageOptions: {
      parserOptions: { project: 'tsconfig.dev.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
    },
  },
  {
    files: ['src/**/*.ts', 'cli/src/**/*.ts'],
    rules: {
      '@typescript-eslint/naming-convention': [
        'error',
        {
          selector: 'variable',
          modifiers: ['const', 'global'],
          types: ['boolean', 'number', 'string', 'array'],
          format: ['UPPER_CASE'],
          // What other programs import by this name.
          filter: { regex: '^(stateRules|upgradeRules)$', match: false },
        },
      ],
    },
  },
  {
    files: ['cli/src/check/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'CallExpression[callee.object.name="Math"] > SpreadElement',
          message: 'Arguments have no room for the numbers of a long list; write largest(numbers).',
        },
        {
          selector: 'CallExpression[callee.property.name=/^(push|unshift|splice)$/] > SpreadElement',
          message: 'Arguments have no room for the elements of a long list; add them one by one.',
        },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/private/kubernetes/cdk8s-plus.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'TSAsExpression > TSAsExpression > TSUnknownKeyword',
          message:
            'What cdk8s and cdk8s-plus-27 keep to themselves is read in src/private/kubernetes/cdk8s-plus.ts alone.',
        },
      ],
    },
  },
  {
    files: ['**/*.test.ts'],
    plugins: { vitest },
    rules: {
      // A test that cannot fail is worse than none.
      'vitest/expect-expect': ['error', { assertFunctionNames: ['expect', 'expect*', 'fc.assert'] }],
      'vitest/valid-expect': 'error',
      'vitest/valid-expect-in-promise': 'error',
      'vitest/no-conditional-expect': 'error',
      'vitest/no-standalone-expect': 'error',
      'vitest/no-focused-tests': 'error',
      'vitest/no-disabled-tests': 'error',
      'vitest/no-commented-out-tests': 'error',
      'vitest/no-identical-title': 'error',
      'vitest/require-to-throw-message': 'error',
      'vitest/no-conditional-in-test': 'error',
    },
  },
);
