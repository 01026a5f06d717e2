import js from '@eslint/js';
import ts from 'typescript-eslint';

/** Bans imports by pattern; every block repeats its bans, because a later block replaces an earlier one. */
const fence = (...bans) => [
  'error',
  { patterns: bans.map(([regex, message]) => ({ regex, message })) },
];

const noNodeRed = ['^node-red', 'The client and the simulator work without Node-RED.'];
const noNodes = ['/nodes(/|$)', 'Nothing imports the nodes.'];
const noTest = ['/(test|bench)(/|$)', 'Shipped code does not import tests or the benchmark.'];
const noSimulator = [
  '/simulator(/|$)',
  'Only the owserver-config node and tests use the simulator.',
];
const clientDoor = [
  '/client/(?!(index|internal)\\.js$)',
  'Use the doors of the client: ../../client/index.js, and internal.js for its words.',
];
const protocolOnly = [
  '/client/(?!protocol/index)',
  'The simulator shares the codec, not the client.',
];
const noSockets = ['^node:(net|tls|dns|dgram)', 'Nodes talk to owserver through the client.'];

export default ts.config(
  { ignores: ['dist/', 'dist.*/', 'node_modules/', '.demo/'] },
  js.configs.recommended,
  {
    files: ['**/*.mjs', '**/*.cjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        module: 'writable',
        require: 'readonly',
        Buffer: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        fetch: 'readonly',
        __dirname: 'readonly',
      },
    },
  },
  {
    files: ['**/*.ts'],
    extends: [ts.configs.strictTypeChecked, ts.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './tsconfig.editor.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { ignoreRestSiblings: true, varsIgnorePattern: '^_', argsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ['client/**/*.ts'],
    rules: { 'no-restricted-imports': fence(noNodeRed, noNodes, noSimulator, noTest) },
  },
  {
    files: ['client/protocol/**/*.ts'],
    rules: {
      'no-restricted-imports': fence(
        noNodeRed,
        noNodes,
        noSimulator,
        noTest,
        ['^node:', 'The codec has no I/O.'],
        ['^\\.\\./(?!errors)', 'The codec knows only the errors.'],
      ),
    },
  },
  {
    files: ['simulator/**/*.ts'],
    rules: { 'no-restricted-imports': fence(noNodeRed, noNodes, noTest, protocolOnly) },
  },
  {
    files: ['nodes/**/*.ts'],
    rules: { 'no-restricted-imports': fence(clientDoor, noSimulator, noTest, noSockets) },
  },
  {
    files: ['nodes/owserver-config/**/*.ts'],
    rules: { 'no-restricted-imports': fence(clientDoor, noTest, noSockets) },
  },
  {
    files: ['editor/**/*.ts', 'nodes/**/editor.ts', 'nodes/**/editor/**/*.ts', 'plugins/**/*.ts'],
    rules: {
      'no-restricted-imports': fence(
        ['/(client|simulator)(/|$)', 'The editor runs in a browser.'],
        noTest,
        ['^node:', 'The editor runs in a browser.'],
      ),
    },
  },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-require-imports': ['error', { allowAsImport: true }],
    },
  },
  {
    files: ['simulator/cli.ts', 'bench/**/*.ts', 'scripts/**/*.{mjs,ts}'],
    rules: { 'no-console': 'off' },
  },
);
