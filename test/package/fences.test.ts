import { strict as assert } from 'node:assert';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import { circlesOf, importsBelow } from './imports.js';
import { ROOT } from './project.js';

/** Rooms from the ground up, each with what it may import. */
type Rooms = Record<string, { may: string[]; why: string }>;

const RULE = 'house/fences';

/** Lint as it is set up, but for the fences alone, which need no types. */
const lint = new ESLint({
  cwd: ROOT,
  ruleFilter: ({ ruleId }) => ruleId === RULE,
  overrideConfig: { languageOptions: { parserOptions: { project: null } } },
});

/** What lint says of a file with these lines. */
async function refusals(file: string, code: string): Promise<string[]> {
  const [result] = await lint.lintText(code, { filePath: join(ROOT, file) });
  const said = result?.messages ?? [];
  assert.deepEqual(
    said.filter(({ ruleId }) => ruleId !== RULE),
    [],
  );
  return said.map(({ message }) => message);
}

async function table(): Promise<Rooms> {
  const config = (await lint.calculateConfigForFile(join(ROOT, 'client/index.ts'))) as {
    rules: Record<typeof RULE, [severity: number, rooms: Rooms]>;
  };
  return config.rules[RULE][1];
}

/** A scratch file, what it may not import, and what it may in its place. */
const FENCES: [file: string, forbidden: string, allowed: string][] = [
  ['nodes/ow-read/scratch.ts', '../ow-write/operation.js', './operation.js'],
  ['nodes/ow-read/scratch.ts', '../owserver-config/admin/routes.js', '../shared/server-node.js'],
  ['nodes/ow-read/scratch.ts', '../../client/verbs/reader.js', '../../client/index.js'],
  ['nodes/ow-read/scratch.ts', '../../client/wiring.js', '../../client/internal.js'],
  ['nodes/ow-read/scratch.ts', '../../simulator/index.js', '../../words/sentences.js'],
  ['nodes/ow-read/scratch.ts', './editor.js', './config.js'],
  ['nodes/ow-read/scratch.ts', 'node:net', 'node:timers/promises'],
  ['nodes/ow-dir/scratch.ts', 'tls', 'timers'],
  ['nodes/shared/scratch.ts', '../ow-read/config.js', './red.js'],
  ['nodes/owserver-config/scratch.ts', '../ow-read/config.js', '../../simulator/index.js'],
  ['nodes/owserver-config/scratch.ts', '../../simulator/serial.js', '../../contract/admin-api.js'],
  ['nodes/owserver-config/client-options.ts', './admin/routes.js', './users.js'],
  ['nodes/owserver-config/admin/scratch.ts', 'bonjour-service', '../../../contract/admin-api.js'],
  ['client/discovery/scratch.ts', 'express', 'bonjour-service'],
  [
    'plugins/owserver-sidebar/scratch.ts',
    '../../nodes/owserver-config/editor/form.js',
    '../../editor/kit/dom.js',
  ],
  ['plugins/owserver-sidebar/scratch.ts', '../../nodes/ow-read/config.js', './words.js'],
  ['plugins/owserver-sidebar/scratch.ts', '../../client/index.js', '../../words/sentences.js'],
  ['editor/kit/scratch.ts', '../../nodes/shared/show-value.js', './dom.js'],
  ['editor/scratch.ts', '../client/values/number.js', '../words/sentences.js'],
  ['editor/browse/scratch.ts', 'node:path', '../kit/tree.js'],
  ['editor/browse/scratch.ts', 'bonjour-service', '../admin-api.js'],
  ['nodes/ow-write/editor.ts', '../shared/paths.js', './editor/fit.js'],
  ['nodes/ow-write/editor/scratch.ts', '../operation.js', '../config.js'],
  ['nodes/ow-write/editor/scratch.ts', '../../ow-read/config.js', '../../../editor/fields.js'],
  ['client/values/scratch.ts', '../owserver-client.js', '../protocol/index.js'],
  ['client/protocol/scratch.ts', '../values/number.js', '../errors/ow-error.js'],
  ['client/protocol/scratch.ts', 'node:fs', './header.js'],
  ['client/errors/scratch.ts', '../protocol/index.js', './ow-error.js'],
  ['client/transport/scratch.ts', '../requests/messenger.js', '../dial.js'],
  ['client/rules.ts', './options.js', './values/describe.js'],
  ['client/requests/scratch.ts', '../knowledge/aliases.js', '../transport/pool.js'],
  ['client/knowledge/scratch.ts', '../bus/buses.js', '../requests/messenger.js'],
  ['client/bus/scratch.ts', '../verbs/reader.js', '../knowledge/path-facts.js'],
  ['client/verbs/scratch.ts', '../wiring.js', '../bus/buses.js'],
  ['client/wiring.ts', './index.js', './verbs/reader.js'],
  ['client/wiring.ts', 'node:net', './dial.js'],
  ['client/index.ts', '../simulator/index.js', './wiring.js'],
  ['client/index.ts', '../nodes/shared/failure.js', './status.js'],
  ['simulator/server/scratch.ts', '../../client/index.js', '../../client/protocol/index.js'],
  ['simulator/server/scratch.ts', '../../client/errors/ow-error.js', '../tree/world.js'],
  ['simulator/chips/scratch.ts', '../bus/device.js', '../serial.js'],
  ['simulator/tree/scratch.ts', '../server/session.js', '../bus/network.js'],
  ['words/scratch.ts', '../client/index.js', './sentences.js'],
  ['contract/scratch.ts', '../nodes/shared/red.js', './admin-api.js'],
];

describe('the fences of the house', function () {
  this.timeout(60_000);

  for (const [file, forbidden, allowed] of FENCES) {
    it(`keep ${file} from ${forbidden}, not from ${allowed}`, async () => {
      const [said = 'nothing', ...more] = await refusals(file, `import '${forbidden}';\n`);
      assert.match(said, / may not import \S+\. .+\.$/);
      assert.deepEqual(more, []);
      assert.deepEqual(await refusals(file, `import '${allowed}';\n`), []);
    });
  }

  it('keep all that is shipped from Node-RED, itself, tests and the benchmark', async () => {
    for (const room of Object.keys(await table())) {
      const file = `${room.replace('/*', '')}/scratch.ts`;
      const up = '../'.repeat(file.split('/').length - 1);
      const modules = ['node-red', '@node-red/util', 'node-red-contrib-owserver/client'];
      const files = [`${up}test/support/wire.js`, `${up}bench/table.js`];
      for (const name of [...modules, ...files])
        assert.equal((await refusals(file, `import '${name}';\n`)).length, 1, `${file}: ${name}`);
    }
  });

  for (const code of [
    "import { OwserverClient } from '../owserver-client.js';",
    "import type { OwserverClient } from '../owserver-client.js';",
    "import { type OwserverClient } from '../owserver-client.js';",
    "export { OwserverClient } from '../owserver-client.js';",
    "export * from '../owserver-client.js';",
    "import client = require('../owserver-client.js');",
    "export type Client = import('../owserver-client.js').OwserverClient;",
    "export const client = import('../owserver-client.js');",
    'export const client = import(`../owserver-client.js`);',
    "export const client = require('../owserver-client.js');",
    "import '../../client/owserver-client';",
  ]) {
    it(`see ${code}`, async () => {
      assert.deepEqual(await refusals('client/values/scratch.ts', code), [
        'client/values may not import client/owserver-client. ' +
          'Values know the errors and the codec, not who reads and writes them.',
      ]);
    });
  }

  it('see an import whose module is not written down', async () => {
    const [said] = await refusals(
      'client/values/scratch.ts',
      'export const load = (x) => import(x);',
    );
    assert.match(said ?? '', /^client\/values may not import what only shows as it runs\. /);
  });

  it('let types through where the table says so, and nothing that runs', async () => {
    const from = "from '../../contract/admin-api.js';\n";
    const said = async (what: string): Promise<string[]> =>
      refusals('plugins/owserver-sidebar/scratch.ts', `${what} ${from}`);
    assert.deepEqual(await said('import type { Api }'), []);
    assert.deepEqual(await said('import { type Api }'), []);
    assert.deepEqual(await said('export type { Api }'), []);
    for (const what of [
      'import { path }',
      'import { path, type Api }',
      'export { path }',
      'import {}',
    ])
      assert.match((await said(what)).join(), / may import types of contract\/admin-api, nothing /);
  });

  it('ask for a room for every file that is shipped', async () => {
    for (const file of ['client/new/scratch.ts', 'nodes/new/new.ts', 'simulator/scratch.ts'])
      assert.match((await refusals(file, '')).join(), /^This file is in no room of the house: /);
  });
});

describe('the table of the rooms', () => {
  it('lets each room import those above its line only', async () => {
    const rooms = Object.entries(await table());
    const upward = rooms.flatMap(([room, { may }], line) => {
      const below = rooms.slice(0, line).map(([name]) => name);
      return may
        .filter((name) => !/^(types )?(node|npm):/.test(name))
        .filter((name) => !below.includes(name.replace('types ', '')))
        .map((name) => `${room} -> ${name}`);
    });
    assert.deepEqual(upward, []);
  });
});

describe('the files that are shipped', () => {
  it('import each other in no circle', async () => {
    const folders = new Set(Object.keys(await table()).map((room) => room.split('/')[0]!));
    const imports = importsBelow([...folders].filter((folder) => existsSync(join(ROOT, folder))));
    assert.ok(imports.size > 150, `${imports.size} files`);
    assert.deepEqual(circlesOf(imports), []);
  });

  it('are in a circle when one imports what imports it', () => {
    const imports = new Map([
      ['a.ts', ['b.ts']],
      ['b.ts', ['c.ts']],
      ['c.ts', ['b.ts']],
    ]);
    assert.deepEqual(circlesOf(imports), ['b.ts -> c.ts -> b.ts']);
  });
});
