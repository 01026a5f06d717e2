import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { onBuses, SIMULTANEOUS } from './world.js';

const IDS = Array.from({ length: 100 }, (_, n) => idOf(0x0123456789ab + n * 0x010203040506));

describe('a hundred thermometers on an emulated bus', () => {
  const world = onBuses([{ devices: IDS.map((id) => ({ id })) }]);

  it('are all found, also when some are pulled and plugged in again', async () => {
    const all = [...IDS].sort();
    assert.deepEqual(await world.list(), all);
    const pulled = IDS.filter((_, n) => n % 7 === 0);
    await world.bus.pull(...pulled);
    assert.deepEqual(
      await world.list(),
      all.filter((id) => !pulled.includes(id)),
    );
    await world.bus.plug(...pulled);
    assert.deepEqual(await world.list(), all);
  });

  it('convert on one command, and each shows its own temperature', async () => {
    const has = (n: number): number => n / 4 - 10;
    const changes = IDS.map((id, n) => [id, { temperature: has(n) }] as const);
    await world.bus.setAll(Object.fromEntries(changes));
    await world.write(SIMULTANEOUS, true);
    while (Object.values(await world.bus.states()).some(({ converting }) => converting))
      await delay(10);
    for (const [n, id] of IDS.entries()) {
      assert.equal(await world.read(`/${id}/latesttemp`), has(n));
    }
    const states = Object.values(await world.bus.states());
    assert.ok(states.every(({ conversions }) => conversions === 1));
  });
});

function idOf(number: number): string {
  const digits = (number % 2 ** 48).toString(16).padStart(12, '0');
  return `28.${digits.toUpperCase()}`;
}
