import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { exitOf, onLines } from '../../support/child.js';
import { answer, startFakeOwserver } from '../../support/fake-owserver.js';
import { ATTACKS } from './attacks.js';
import type { Cost } from './victim.js';

const MIB = 2 ** 20;

/** Heap of the program that asks, in MiB: it ends when it needs more. */
const HEAP = 96;

describe('a hostile server', function () {
  this.timeout(120_000);
  const costs = new Map<string, Cost>();
  let said: string[] = [];

  before('each attack is tried on a program with a small heap', async () => {
    const servers = await Promise.all(
      Object.entries(ATTACKS).map(async ([name, { script }]) => {
        const server = await startFakeOwserver((request) =>
          request.type === 1 ? answer(request) : script(request),
        );
        return { name, server };
      }),
    );
    const ports = Object.fromEntries(servers.map(({ name, server }) => [name, server.port]));
    const flags = ['--expose-gc', `--max-old-space-size=${HEAP}`, '--max-semi-space-size=4'];
    const child = spawn(
      process.execPath,
      [...flags, '--import', 'tsx', 'test/client/bounds/victim.ts', JSON.stringify(ports)],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const exited = exitOf(child);
    onLines(child, (line) => {
      if (!line.startsWith('{')) said = [...said, line].slice(-20);
      else {
        const cost = JSON.parse(line) as Cost;
        costs.set(cost.name, cost);
      }
    });
    const { code, signal } = await exited;
    await Promise.all(servers.map(({ server }) => server.close()));
    assert.equal(code, 0, `${signal} after ${[...costs.keys()].at(-1)}: ${said.join('\n')}`);
  });

  for (const name of Object.keys(ATTACKS)) {
    it(`costs no more than 64 MiB, and an editor 4 MiB: ${name}`, () => {
      const { grown, shown, stuckMs } = costs.get(name)!;
      assert.ok(grown <= 64 * MIB, `${(grown / MIB).toFixed(1)} MiB`);
      assert.ok(shown <= 4 * MIB, `${(shown / MIB).toFixed(1)} MiB to an editor`);
      assert.ok(stuckMs < 3_000, `nothing else for ${stuckMs.toFixed(0)} ms`);
    });
  }
});
