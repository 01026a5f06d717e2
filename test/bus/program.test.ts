import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { startBus } from '../support/bus/index.js';
import { exitOf } from '../support/child.js';
import { need } from '../support/need.js';
import { onBuses } from './world.js';

const DOOR = require.resolve('../support/bus/index.ts');

describe('the program of an emulated bus', () => {
  need('socat');

  it('ends with its socat when the tests stop it', async () => {
    const bus = await startBus({ devices: [] });
    assert.ok(existsSync(bus.tty));
    await bus.stop();
    assert.ok(!isRunning(bus.pid));
    while (existsSync(bus.tty)) await delay(10);
    await assert.rejects(bus.traffic());
  });

  it('ends when the tests die', async () => {
    const script = `require(${JSON.stringify(DOOR)}).startBus({ devices: [] })
      .then(({ pid, tty }) => console.log(pid + ' ' + tty))`;
    const tests = spawn(process.execPath, ['--require', 'tsx/cjs', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = exitOf(tests);
    const [line] = (await once(createInterface({ input: tests.stdout }), 'line')) as [string];
    const [pid, tty] = line.split(' ') as [string, string];
    tests.kill('SIGKILL');
    await exited;
    while (isRunning(Number(pid)) || existsSync(tty)) await delay(10);
  });

  it('says what is wrong with a setup', async () => {
    const start = (id: string): Promise<unknown> => startBus({ devices: [{ id }] });
    await assert.rejects(start('FF.000000000000'), /no chip for FF/);
    await assert.rejects(start('28.nonsense'), /no 1-Wire address/);
    const on = { hub: '1F.001000000000', branch: 'main' } as const;
    await assert.rejects(startBus({ devices: [{ id: '01.029000000000', on }] }), /no coupler/);
  });
});

describe('two emulated buses behind one owserver', () => {
  const world = onBuses([
    { devices: [{ id: '28.021000000000', temperature: 1 }], conversionMs: 300 },
    { devices: [{ id: '28.022000000000', temperature: 2 }], conversionMs: 300 },
  ]);

  it('are two directories, and convert side by side', async () => {
    assert.deepEqual(await world.list('/bus.0'), ['28.021000000000']);
    assert.deepEqual(await world.list('/bus.1'), ['28.022000000000']);
    const read = (id: string): Promise<unknown> => world.read(`/${id}/temperature`);
    assert.deepEqual(await Promise.all([read('28.021000000000'), read('28.022000000000')]), [1, 2]);
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
