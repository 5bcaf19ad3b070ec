import graphql from '@graphql-eslint/eslint-plugin';
import tseslint from 'typescript-eslint';
import { dialectWords, environment, clock, tableDoors, charts, grid, serverFromClient } from './one-place.mjs';

/** Lint for the code (typed rules, and the "one place for each concern" table of the README) and for the SDL. */
export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', 'data/**', 'coverage/**', '**/*.generated.ts', 'client/api/generated/**', '**/*.mjs'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: ['./tsconfig.json', './client/tsconfig.json'], tsconfigRootDir: process.cwd() } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Interfaces of plain objects use method syntax; nothing in the code base relies on `this`.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/require-await': 'off',
      'max-lines': ['error', { max: 250 }],
      'no-console': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  { files: ['server/index.ts'], rules: { 'no-console': 'off' } },
  { files: ['server/**/*.ts'], ignores: ['server/config.ts'], rules: { 'no-restricted-properties': ['error', ...environment] } },
  {
    files: ['server/modules/**/*.ts', 'server/reports/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...clock, ...dialectWords, ...tableDoors] },
  },
  {
    files: ['server/**/*.ts'],
    ignores: ['server/db/dialect/**', 'server/config.ts', 'server/modules/**', 'server/reports/**'],
    rules: { 'no-restricted-syntax': ['error', ...dialectWords] },
  },
  {
    files: ['client/**/*.ts', 'client/**/*.tsx'],
    rules: { 'no-restricted-imports': ['error', { patterns: [serverFromClient, charts, grid] }] },
  },
  { files: ['client/charts/**'], rules: { 'no-restricted-imports': ['error', { patterns: [serverFromClient, grid] }] } },
  { files: ['client/ui/grid/**'], rules: { 'no-restricted-imports': ['error', { patterns: [serverFromClient, charts] }] } },
  {
    // Answers over HTTP are untyped on purpose: tests see what a client sees.
    files: ['tests/**/*.ts', 'tests/**/*.tsx'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      'no-console': 'off',
    },
  },
  {
    files: ['schema/**/*.graphql'],
    languageOptions: { parser: graphql.parser, parserOptions: { graphQLConfig: { schema: 'schema/**/*.graphql' } } },
    plugins: { '@graphql-eslint': graphql },
    rules: {
      '@graphql-eslint/require-description': ['error', { types: true, FieldDefinition: true, InputValueDefinition: false, EnumValueDefinition: true, DirectiveDefinition: true }],
      '@graphql-eslint/naming-convention': ['error', {
        types: 'PascalCase', FieldDefinition: 'camelCase', InputValueDefinition: 'camelCase', Argument: 'camelCase', DirectiveDefinition: 'camelCase', EnumValueDefinition: 'UPPER_CASE',
      }],
      '@graphql-eslint/no-hashtag-description': 'error',
      '@graphql-eslint/no-typename-prefix': 'error',
      '@graphql-eslint/unique-type-names': 'error',
      '@graphql-eslint/unique-field-definition-names': 'error',
      '@graphql-eslint/unique-enum-value-names': 'error',
      '@graphql-eslint/require-deprecation-reason': 'error',
    },
  },
);
