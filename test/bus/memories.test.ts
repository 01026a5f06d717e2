import assert from 'node:assert/strict';
import { FAST, onBuses } from './world.js';

const COUNTER = '1D.027000000000';
const MONITOR = '26.028000000000';

describe('memories and monitors on an emulated bus', () => {
  const devices = [{ id: COUNTER }, { id: MONITOR }];
  const world = onBuses([{ devices, ...FAST }]);

  it('DS2423: keeps what owserver writes, whole pages and parts', async () => {
    const page = Buffer.from(Array.from({ length: 32 }, (_, n) => 255 - n));
    await world.write(`/${COUNTER}/pages/page.15`, page);
    await world.write(`/${COUNTER}/pages/page.3`, Buffer.from('hello'));
    assert.deepEqual(await world.read(`/${COUNTER}/pages/page.15`), page);
    const memory = await world.read(`/${COUNTER}/memory`);
    assert.ok(Buffer.isBuffer(memory));
    assert.equal(memory.length, 512);
    assert.deepEqual(memory.subarray(96, 104), Buffer.from('hello\0\0\0'));
    assert.deepEqual(memory.subarray(480), page);
  });

  it('DS2423: counts, up to 32 bits', async () => {
    await world.bus.set(COUNTER, { counters: [7, 0xffffffff] });
    assert.deepEqual(await world.read(`/${COUNTER}/counter.ALL`), [7, 0xffffffff]);
    assert.equal(await world.read(`/${COUNTER}/pages/count.14`), 7);
  });

  it('DS2423: counts the writes to pages 12 and 13', async () => {
    const count = async (): Promise<number> =>
      Number(await world.read(`/${COUNTER}/pages/count.12`));
    const before = await count();
    await world.write(`/${COUNTER}/pages/page.12`, Buffer.alloc(32, 1));
    assert.equal(await count(), before + 1);
  });

  it('DS2438: has temperature, supply and input', async () => {
    await world.bus.set(MONITOR, { temperature: -12.5, vdd: 4.96, vad: 1.23 });
    assert.equal(await world.read(`/${MONITOR}/temperature`), -12.5);
    assert.equal(await world.read(`/${MONITOR}/VDD`), 4.96);
    assert.equal(await world.read(`/${MONITOR}/VAD`), 1.23);
    assert.equal(await world.read(`/${MONITOR}/VDD`), 4.96);
  });

  it('DS2438: keeps pages, and its clock goes on from what was set', async () => {
    await world.write(`/${MONITOR}/pages/page.4`, Buffer.from('12345678'));
    assert.deepEqual(await world.read(`/${MONITOR}/pages/page.4`), Buffer.from('12345678'));
    await world.write(`/${MONITOR}/udate`, 1_000_000);
    const now = Number(await world.read(`/${MONITOR}/udate`));
    assert.ok(now >= 1_000_000 && now < 1_000_060, String(now));
  });
});
