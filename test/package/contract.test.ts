import assert from 'node:assert/strict';
import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from './project.js';

/** Lines that compile on their own; each with a fault that the contract has to find. */
interface Scratch {
  /** The compiler settings of the side. */
  readonly config: string;
  /** Where the file would lie: it is never written. */
  readonly file: string;
  readonly head: readonly string[];
  readonly right: readonly string[];
  readonly wrong: readonly string[];
}

const RUNTIME: Scratch = {
  config: 'tsconfig.json',
  file: 'nodes/owserver-config/admin/scratch.ts',
  head: [
    "import type { NodeAPI } from '../../shared/red.js';",
    "import { EndpointRegistry } from './endpoint-registry.js';",
    'declare const RED: NodeAPI;',
    "const registry = new EndpointRegistry(RED, 'owserver.read');",
  ],
  right: [
    "registry.get('owserver/:id/deployed', () => Promise.resolve({ deployed: true }));",
    "registry.get('owserver/:id/browse', ({ field }) => Promise.reject(field('fresh')));",
  ],
  wrong: [
    "registry.get('owserver/:id/deployed', () => Promise.resolve({ isDeployed: true }));",
    "registry.get('owserver/:id/browse', ({ field }) => Promise.reject(field('anew')));",
    "registry.get('owserver/:id/list', () => Promise.resolve({ deployed: true }));",
    "registry.get('owserver/:id/read', () => Promise.resolve([]));",
  ],
};

const EDITOR: Scratch = {
  config: 'tsconfig.editor.json',
  file: 'editor/scratch.ts',
  head: ["import { get, post } from './admin-api.js';"],
  right: [
    "void get('deployed', {}, 'id').then(({ deployed }) => deployed);",
    "void get('browse', { path: '/', fresh: 'true' }, 'id').then(({ entries }) => entries);",
    "void get('discover', {}).then((found) => found[0]?.machine);",
  ],
  wrong: [
    "void get('deployed', {}, 'id').then(({ isDeployed }) => isDeployed);",
    "void get('browse', { path: '/', anew: 'true' }, 'id');",
    "void get('list', { path: '/' }, 'id');",
    "void get('browse', { path: '/' });",
    "void post('browse', { path: '/' }, 'id');",
  ],
};

describe('the contract of the admin API', function () {
  this.timeout(120_000);
  for (const [side, scratch] of Object.entries({ runtime: RUNTIME, editor: EDITOR })) {
    it(`refuses on the side of the ${side} what it does not hold`, () => {
      const lines = [...scratch.head, ...scratch.right, ...scratch.wrong];
      assert.deepEqual(refusedLines(scratch, lines.join('\n')), scratch.wrong);
    });
  }
});

/** The lines of a file that the compiler refuses, with the settings and beside the files of a side. */
function refusedLines({ config, file }: Scratch, text: string): string[] {
  const path = join(ROOT, config);
  const json: unknown = ts.readConfigFile(path, (name) => ts.sys.readFile(name)).config;
  const { options } = ts.parseJsonConfigFileContent(json, ts.sys, ROOT, { noEmit: true }, path);
  const scratch = join(ROOT, file);
  const files = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...files,
    fileExists: (name) => name === scratch || files.fileExists(name),
    getSourceFile: (name, target, ...rest) =>
      name === scratch
        ? ts.createSourceFile(name, text, target)
        : files.getSourceFile(name, target, ...rest),
  };
  const declarations = join(ROOT, 'editor/node-red.d.ts');
  const program = ts.createProgram([scratch, declarations], options, host);
  const source = program.getSourceFile(scratch);
  const lines = program
    .getSemanticDiagnostics(source)
    .map(({ start = 0 }) => source!.getLineAndCharacterOfPosition(start).line);
  return [...new Set(lines)].sort((a, b) => a - b).map((line) => text.split('\n')[line]!);
}
