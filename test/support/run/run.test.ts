import { strict as assert } from 'node:assert';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { end, exitOf, onLines } from '../child.js';

const RUN = resolve(__dirname, '../../run.mjs');

/** Test files by name, each as the body of a `describe` of that name. */
const SUITES = {
  good: `it('one', () => {}); it('two', () => {}); it('later');`,
  bad: `it('three', () => {}); it('four', () => { throw new Error('no four'); });`,
  unready: `before(() => { throw new Error('not ready'); }); it('five', () => {});`,
  dying: `it('six', () => { console.log('last words'); process.kill(process.pid, 'SIGKILL'); });`,
  leaving: `it('seven', () => process.exit(0));`,
  lasting: `it('eight', function (done) {
    this.timeout(0);
    const child = require('node:child_process').spawn('sleep', ['1000']);
    process.on('exit', () => child.kill());
    require('node:fs').writeFileSync(__filename + '.pids', [process.pid, child.pid].join());
  });`,
};
type Name = keyof typeof SUITES;

describe('support: the run of all suites', function () {
  this.timeout(120_000);
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'owserver-run-'));
    for (const [name, body] of Object.entries(SUITES))
      await writeFile(fileOf(name), `describe('${name}', function () { ${body} });`);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const fileOf = (name: string): string => join(folder, `${name}.test.ts`);

  function start(...names: Name[]) {
    const child = spawn(process.execPath, [RUN, ...names.map(fileOf)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const lines: string[] = [];
    onLines(child, (line) => lines.push(line));
    return { child, lines, exited: exitOf(child) };
  }

  async function run(...names: Name[]) {
    const { child, lines, exited } = start(...names);
    await new Promise((closed) => child.once('close', closed));
    const { code } = await exited;
    const at = lines.indexOf('failures:');
    return { code, total: lines.at(-1), lines, failures: at < 0 ? '' : lines.slice(at).join('\n') };
  }

  it('adds up what several processes counted, and is content when none failed', async () => {
    const { code, total, lines, failures } = await run('good', 'good');
    assert.deepEqual([code, failures], [0, '']);
    assert.equal(lines.at(-3), 'other 4 passed, 0 failed, 2 skipped');
    assert.equal(lines.at(-2), 'skipped: good later (2)');
    assert.equal(total, '4 passed, 0 failed, 2 skipped');
  });

  it('prints the lines of a process in one piece', async () => {
    const { lines } = await run('good', 'bad');
    const from = lines.findIndex((line) => /good\.test\.ts \(\d+ s\)$/.test(line));
    const listed = lines.slice(from).filter((line) => /^ +(good|[✔-] \w+)$/.test(line));
    assert.deepEqual(
      listed.slice(0, 4).map((line) => line.trim()),
      ['good', '✔ one', '✔ two', '- later'],
    );
  });

  it('fails when a test or a hook fails, and says at the end which, where and why', async () => {
    const { code, total, failures } = await run('good', 'bad', 'unready');
    assert.equal(code, 1);
    assert.equal(total, '3 passed, 2 failed, 1 skipped');
    assert.match(failures, /\d\) \S*bad\.test\.ts\n +bad four\n +Error: no four\n +at /);
    assert.match(failures, /\d\) \S*unready\.test\.ts\n +unready "before all" hook.*\n.*not ready/);
  });

  it('fails when a process dies or ends before its tests, with its last words', async () => {
    const { code, total, failures } = await run('dying', 'leaving', 'good');
    assert.equal(code, 1);
    assert.equal(total, '2 passed, 2 failed, 1 skipped');
    const early = 'before its tests had come to their end';
    assert.match(
      failures,
      new RegExp(`dying\\.test\\.ts\n +ended by SIGKILL ${early}\n[^]*last words`),
    );
    assert.match(failures, new RegExp(`leaving\\.test\\.ts\n +ended ${early}\n`));
  });

  it('ends all that it started when it is told to end', async () => {
    const { child, exited, lines } = start('lasting', 'good');
    const pids = `${fileOf('lasting')}.pids`;
    while (!existsSync(pids) || readFileSync(pids, 'utf8') === '') await turn();
    const [mocha = 0, sleep = 0] = readFileSync(pids, 'utf8').split(',').map(Number);
    const { code } = await end(child, exited, 'SIGINT', 20_000);
    assert.equal(code, 130, lines.join('\n'));
    while (isRunning(mocha) || isRunning(sleep)) await turn();
  });
});

const turn = (): Promise<void> => new Promise((done) => setTimeout(done, 20));

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
