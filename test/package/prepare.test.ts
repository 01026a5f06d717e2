import { strict as assert } from 'node:assert';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PACKAGE, ROOT } from './project.js';

describe('npm ci in a checkout', function () {
  this.timeout(60_000);
  let checkout: string;

  beforeEach(() => {
    checkout = mkdtempSync(join(tmpdir(), 'owserver-prepare-'));
  });

  afterEach(() => rmSync(checkout, { recursive: true, force: true }));

  /** Runs what npm runs then, and gives what it prints. */
  const prepare = (): string => {
    assert.equal(PACKAGE.scripts.prepare, 'node scripts/prepare.mjs');
    const { stdout, stderr, status } = spawnSync(process.execPath, ['scripts/prepare.mjs'], {
      cwd: checkout,
      encoding: 'utf8',
    });
    assert.deepEqual([status, stdout], [0, '']);
    return stderr;
  };

  const copy = (...names: string[]): void => {
    for (const name of names) cpSync(join(ROOT, name), join(checkout, name), { recursive: true });
  };

  it('does not fail without the compilers, and says that it builds nothing', () => {
    copy('scripts', 'build.mjs', 'package.json');
    assert.match(prepare(), /^dist\/ is not built: /);
  });

  it('builds nothing where dist/ was made of the very same files', () => {
    const made = readFileSync(join(ROOT, 'dist', '.inputs'), 'utf8');
    assert.equal(inputsOf(ROOT), made, 'dist/ of this checkout is not up to date: npm run build');
  });

  it('sees each change of what dist/ is made of', () => {
    copy('scripts', 'client', 'locales', 'package.json', 'package-lock.json', 'build.mjs');
    for (const name of ['contract', 'editor', 'icons', 'nodes', 'plugins', 'settings'])
      mkdirSync(join(checkout, name));
    for (const name of ['simulator', 'words']) mkdirSync(join(checkout, name));
    symlinkSync(join(ROOT, 'tsconfig.json'), join(checkout, 'tsconfig.json'));
    const seen = new Set([inputsOf(checkout)]);
    assert.equal(seen.size, 1);
    copy('icons');
    seen.add(inputsOf(checkout));
    cpSync(join(ROOT, 'LICENSE'), join(checkout, 'client', 'new.ts'));
    seen.add(inputsOf(checkout));
    cpSync(join(ROOT, 'LICENSE'), join(checkout, 'client', 'index.ts'));
    seen.add(inputsOf(checkout));
    rmSync(join(checkout, 'client', 'new.ts'));
    seen.add(inputsOf(checkout));
    assert.equal(seen.size, 5);
  });
});

/** What a checkout's dist/ would be made of. */
function inputsOf(root: string): string {
  const module = join(ROOT, 'scripts', 'inputs.mjs');
  const code = `import { hashInputs } from ${JSON.stringify(module)};
    process.stdout.write(await hashInputs(${JSON.stringify(root)}));`;
  const args = ['--input-type=module', '-e', code];
  return execFileSync(process.execPath, args, { encoding: 'utf8' });
}
