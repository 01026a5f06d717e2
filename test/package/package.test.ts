import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NODES, ownFiles, PACKAGE, packed, readText, ROOT, type Packed } from './project.js';

/** Most bytes of the tarball: every Node-RED that installs it downloads and keeps it. */
const MOST_BYTES = 350_000;

describe('the published package', function () {
  this.timeout(60_000);
  let tarball: Packed;
  let files: string[];

  before(() => {
    tarball = packed();
    files = tarball.files.map(({ path }) => path);
  });

  const holds = (path: string): void => assert.ok(files.includes(path), `${path} is not published`);

  for (const name of NODES) {
    it(`holds the code, form, texts and icon of ${name}`, () => {
      const folder = `dist/nodes/${name}`;
      assert.equal(PACKAGE['node-red'].nodes[name], `${folder}/${name}.js`);
      holds(`${folder}/${name}.js`);
      holds(`${folder}/${name}.html`);
      holds(`${folder}/locales/en-US/${name}.json`);
      const icon = /icon: ?"([^"]+\.svg)"/.exec(readText(folder, `${name}.html`))?.[1];
      if (icon !== undefined) holds(`${folder}/icons/${icon}`);
      else assert.equal(name, 'owserver-config', 'a node of the palette has an icon of ours');
    });
  }

  it('holds the client with its types, the simulator, the demo and the papers', () => {
    holds(PACKAGE.main);
    holds(PACKAGE.main.replace(/\.js$/, '.d.ts'));
    holds(PACKAGE.bin['owserver-simulator']!);
    for (const path of ['examples/demo.json', 'README.md', 'LICENSE', 'CHANGELOG.md']) holds(path);
  });

  it('holds no sources, tests or editor modules', () => {
    const stray = files.filter((path) =>
      /^(test|bench|scripts|simulator|client|nodes|locales|\.demo)\//.test(path),
    );
    const sources = files.filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'));
    const editors = files.filter((path) => /(^|\/)editor(\/|\.)/.test(path));
    assert.deepEqual([...stray, ...sources, ...editors], []);
  });

  it('is small', () => {
    assert.ok(tarball.size < MOST_BYTES, `${tarball.size} bytes`);
  });

  it('holds no pictures but icons, and no notes of the build', () => {
    const pictures = files.filter((path) => /\.(png|jpe?g|gif|webp)$/.test(path));
    const hidden = files.filter((path) => /(^|\/)\./.test(path));
    assert.deepEqual([...pictures, ...hidden], []);
  });

  it('holds the types that its doors hand out, and none of its insides', () => {
    const inside = /\/(transport|requests|nodes|words|settings|tree|chips)\/|wiring|internal/;
    const types = files.filter((path) => /\.d\.[cm]?ts$/.test(path));
    assert.deepEqual(
      types.filter((path) => inside.test(path)),
      [],
    );
    for (const door of ['client', 'simulator'])
      for (const ending of ['js', 'mjs', 'd.ts', 'd.mts']) holds(`dist/${door}/index.${ending}`);
  });
});

describe('package.json', () => {
  it('wants a Node-RED beside it, without installing one', () => {
    assert.equal(PACKAGE.peerDependencies['node-red'], '>=4.0.0');
    assert.equal(PACKAGE.peerDependenciesMeta['node-red']?.optional, true);
    assert.equal(PACKAGE['node-red'].version, '>=4.0.0');
    assert.equal(PACKAGE.engines.node, '>=20');
  });

  it('depends on nothing but the library that finds servers, pinned', () => {
    assert.deepEqual(Object.keys(PACKAGE.dependencies ?? {}), ['bonjour-service']);
    assert.match(PACKAGE.dependencies?.['bonjour-service'] ?? '', /^\d+\.\d+\.\d+$/);
  });

  it('publishes only what it names', () => {
    for (const folder of ['dist', 'examples']) assert.ok(PACKAGE.files.includes(folder));
  });

  it('gives old resolvers of types the doors that exports gives to others', () => {
    const doors = Object.keys(PACKAGE.exports).flatMap((name) =>
      name === '.' || name.endsWith('.json') ? [] : [name.replace('./', '')],
    );
    assert.deepEqual(Object.keys(PACKAGE.typesVersions['*'] ?? {}), doors);
    for (const door of doors)
      assert.deepEqual(PACKAGE.typesVersions['*']?.[door], [`dist/${door}/index.d.ts`]);
  });
});

describe('the files of the project', () => {
  // Put together here, so that this file does not hold what it looks for.
  const host = ['registry', '(npmjs|yarnpkg)', '(org|com)'].join('\\.');
  const mirror = ['https?:', '', '[\\w.-]*(artifactory|nexus|verdaccio|npmmirror|taobao)'].join(
    '/',
  );
  const folders = ['home', 'Users', 'root', 'work', 'workspace'].join('|');
  const machinePath = `(^|["'\\s\`(=])/(${folders})/\\w`;

  const offenders = (pattern: RegExp): string[] =>
    ownFiles().flatMap((path) => {
      const lines = readFileSync(join(ROOT, path), 'latin1').split('\n');
      return lines.flatMap((line, index) =>
        pattern.test(line) ? [`${path}:${index + 1}: ${line.trim().slice(0, 100)}`] : [],
      );
    });

  it('name no package registry', () => {
    assert.deepEqual(offenders(new RegExp(`${host}|${mirror}`)), []);
  });

  it('name no folder of the machine they were written on', () => {
    assert.deepEqual(offenders(new RegExp(machinePath)), []);
  });
});

describe('package-lock.json', () => {
  it('holds no download addresses', () => {
    assert.doesNotMatch(readText('package-lock.json'), /"resolved"\s*:/);
  });
});

describe('the client as a library', () => {
  it('has one door: what is only for the nodes is not reached', () => {
    const own = createRequire(join(ROOT, 'package.json'));
    const { OwserverClient, MESSAGES } = own(PACKAGE.name) as Record<string, unknown>;
    assert.deepEqual([typeof OwserverClient, MESSAGES], ['function', undefined]);
    for (const path of ['internal', 'client/internal', 'dist/client/internal.js']) {
      const reach = (): unknown => own(`${PACKAGE.name}/${path}`);
      assert.throws(reach, { code: 'ERR_PACKAGE_PATH_NOT_EXPORTED' }, path);
    }
  });

  it('loads where there is no Node-RED', () => {
    const folder = mkdtempSync(join(tmpdir(), 'owserver-client-'));
    try {
      cpSync(join(ROOT, 'dist'), join(folder, 'dist'), { recursive: true });
      const code = "process.stdout.write(Object.keys(require('./dist/client')).join())";
      const env = { ...process.env, NODE_PATH: '', NODE_OPTIONS: '' };
      const names = execFileSync(process.execPath, ['-e', code], {
        cwd: folder,
        env,
        encoding: 'utf8',
      }).split(',');
      assert.ok(
        names.includes('OwserverClient'),
        `OwserverClient is not among ${names.join(', ')}`,
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
