import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { PACKAGE, packInto, ROOT } from './project.js';

/** A program in TypeScript that uses every door; with `using`, which needs no more than the types of Node.js. */
const PROGRAM = [
  `import { OwserverClient, OwError, discover, type Reading, type TraceEvent } from '${PACKAGE.name}/client';`,
  `import { startSimulator, type Simulator } from '${PACKAGE.name}/simulator';`,
  `import { OwserverClient as AtRoot } from '${PACKAGE.name}';`,
  'export async function main(signal: AbortSignal): Promise<Reading> {',
  '  const simulator: Simulator = await startSimulator();',
  '  const client: AtRoot = new OwserverClient({ port: simulator.port, trace: hear });',
  "  const reading = await client.read('/28.021000000000/temperature', { signal, timeoutMs: 500 });",
  '  const bytes: Buffer[] = (await client.message({ type: "nop" })).map(({ data }) => data);',
  '  for await (const path of client.entries()) if (path.length > bytes.length) break;',
  '  client[Symbol.dispose]();',
  '  if ((await discover()).length > 0) throw new OwError("noPath");',
  '  return reading;',
  '}',
  'function hear(event: TraceEvent): void {',
  '  if (event.event === "answered") event.ms.toFixed();',
  '}',
];

/** Lines that are no program: the types must be there, and not be `any`. */
const WRONG = [
  "void new OwserverClient().read('/x', { source: 'bus' });",
  'void new OwserverClient({ hots: 1 });',
  'void startSimulator({ port: "4304" });',
  'const text: string = new OwserverClient().ping();',
];

/** How modules may be found, the files that are then looked at, and the settings as in a tsconfig.json. */
const WAYS: readonly [way: string, files: readonly string[], settings: object][] = [
  // Old, and in use: what TypeScript itself does not want any more is still to be told of.
  ['node10', ['program.ts'], { module: 'commonjs', ignoreDeprecations: '6.0' }],
  ['node16', ['program.cts', 'program.mts'], { module: 'node16' }],
  ['nodenext', ['program.cts', 'program.mts'], { module: 'nodenext' }],
  ['bundler', ['program.ts'], { module: 'esnext' }],
];

const RUN = [
  'async function main() {',
  '  const simulator = await startSimulator();',
  '  const client = new OwserverClient({ host: simulator.host, port: simulator.port });',
  "  const { value } = await client.read('/28.021000000000/type');",
  "  const failed = await client.read('/28.00/x').catch((error) => error);",
  '  console.log([value, failed instanceof OwError, AtRoot === OwserverClient].join());',
  '  client.close();',
  '  await simulator.close();',
  '}',
  'main();',
];

describe('a program that has installed the package', function () {
  this.timeout(120_000);
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'owserver-consumer-'));
    const modules = join(folder, 'node_modules');
    mkdirSync(modules);
    packInto(modules);
    // What npm would install beside it, and the types that a program in TypeScript has.
    for (const name of ['@types', ...Object.keys(PACKAGE.dependencies ?? {})])
      symlinkSync(join(ROOT, 'node_modules', name), join(modules, name), 'junction');
    for (const ending of ['ts', 'cts', 'mts'])
      writeFileSync(join(folder, `program.${ending}`), PROGRAM.join('\n'));
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Reading the library and the types of Node.js takes longest: once is enough. */
  const read = new Map<string, ts.SourceFile | undefined>();

  function faults(way: string, files: readonly string[], settings: object): string[] {
    const json = { strict: true, noEmit: true, target: 'es2022', lib: ['es2022'], types: [] };
    const { options: all } = ts.convertCompilerOptionsFromJson(
      { ...json, moduleResolution: way, ...settings },
      folder,
    );
    const host = ts.createCompilerHost(all);
    const plain = host.getSourceFile.bind(host);
    host.getSourceFile = (name, language, ...more) => {
      if (!/@types|typescript/.test(name)) return plain(name, language, ...more);
      const key = `${name} ${JSON.stringify(language)}`;
      if (!read.has(key)) read.set(key, plain(name, language, ...more));
      return read.get(key);
    };
    const program = ts.createProgram(
      files.map((name) => join(folder, name)),
      all,
      host,
    );
    return ts
      .getPreEmitDiagnostics(program)
      .map(({ file, start = 0, messageText }) =>
        [
          file?.fileName.replace(folder, ''),
          file?.getLineAndCharacterOfPosition(start).line,
          ts.flattenDiagnosticMessageText(messageText, ' '),
        ].join(': '),
      );
  }

  for (const [way, files, settings] of WAYS) {
    it(`finds the types with moduleResolution ${way}`, () => {
      assert.deepEqual(faults(way, files, settings), []);
    });
  }

  it('is told what is wrong in it', () => {
    const lines = [...PROGRAM, ...WRONG];
    writeFileSync(join(folder, 'wrong.mts'), lines.join('\n'));
    const found = faults('nodenext', ['wrong.mts'], { module: 'nodenext' }).map((fault) =>
      Number(fault.split(': ')[1]),
    );
    assert.deepEqual(
      [...new Set(found)],
      WRONG.map((_, at) => PROGRAM.length + at),
    );
  });

  it('runs as an ES module', () => {
    const head = [
      `import { OwserverClient, OwError } from '${PACKAGE.name}/client';`,
      `import { startSimulator } from '${PACKAGE.name}/simulator';`,
      `import { OwserverClient as AtRoot } from '${PACKAGE.name}';`,
    ];
    assert.equal(output('run.mjs', [...head, ...RUN]), 'DS18B20,true,true');
  });

  it('runs as a CommonJS module', () => {
    const head = [
      `const { OwserverClient, OwError } = require('${PACKAGE.name}/client');`,
      `const { startSimulator } = require('${PACKAGE.name}/simulator');`,
      `const { OwserverClient: AtRoot } = require('${PACKAGE.name}');`,
    ];
    assert.equal(output('run.cjs', [...head, ...RUN]), 'DS18B20,true,true');
  });

  it('has one library, whichever way it gets it', () => {
    const lines = [
      "import { createRequire } from 'node:module';",
      `import * as imported from '${PACKAGE.name}/client';`,
      `const required = createRequire(import.meta.url)('${PACKAGE.name}/client');`,
      'const names = Object.keys(required).sort();',
      "const same = names.every((name) => required[name] === imported[name]) && 'same';",
      'console.log([same, Object.keys(imported).filter((name) => !names.includes(name))].join());',
    ];
    assert.equal(output('both.mjs', lines), 'same,');
  });

  it('loads nothing that it does not use', () => {
    const lines = [
      `require('${PACKAGE.name}/client');`,
      'console.log(Object.keys(require.cache).filter((name) => /bonjour|simulator/.test(name)).length);',
    ];
    assert.equal(output('light.cjs', lines), '0');
  });

  function output(name: string, lines: readonly string[]): string {
    writeFileSync(join(folder, name), lines.join('\n'));
    const env = { ...process.env, NODE_PATH: '', NODE_OPTIONS: '' };
    return execFileSync(process.execPath, [name], { cwd: folder, env, encoding: 'utf8' }).trim();
  }
});
