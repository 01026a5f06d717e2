import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { RawClient } from '../support/raw-client.js';
import { bench, closeAll } from './world.js';

const CLI = join(__dirname, '../../simulator/cli.ts');
const children: ChildProcess[] = [];

interface Ended {
  code: number | null;
  output: string;
}

/** Runs the command, and tells of its first output and of its end. */
function run(...args: string[]): {
  child: ChildProcess;
  firstLine: Promise<string>;
  ended: Promise<Ended>;
} {
  const child = spawn(process.execPath, ['--require', 'tsx/cjs', CLI, ...args]);
  children.push(child);
  let output = '';
  const firstLine = once(child.stdout, 'data').then(([chunk]) => String(chunk));
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => (output += String(chunk)));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, output }));
  return { child, firstLine, ended };
}

describe('the command owserver-simulator', () => {
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await closeAll();
  });

  it('says where it listens, answers there, and ends cleanly on SIGTERM', async () => {
    const { child, firstLine, ended } = run('--port', '0');
    const port = Number(
      /^owserver simulator listens on 127\.0\.0\.1:(\d+)\n$/.exec(await firstLine)?.[1],
    );
    assert.equal((await new RawClient(port).ask(1, '')).words[2], 0);
    child.kill('SIGTERM');
    assert.equal((await ended).code, 0);
  });

  it('says in a sentence that its port is taken', async () => {
    const { simulator } = await bench();
    const { code, output } = await run('--port', String(simulator.port)).ended;
    assert.equal(code, 1);
    assert.match(output, /^127\.0\.0\.1:\d+ is in use: [^\n]+\.\n$/);
  });

  it('says in a sentence what is wrong with its arguments', async () => {
    const { code, output } = await run('--port', 'abc').ended;
    assert.deepEqual(
      [code, output.split('\n')[0]],
      [1, 'The port is abc: it must be a whole number from 0 to 65535.'],
    );
  });
});
