import assert from 'node:assert/strict';
import type { Suite } from './conformance.test.js';
import { DEVICES } from './world.js';

/** What becomes of values that are written. */
export function writingPromises({ world, client }: Suite): void {
  const writable: readonly (readonly [string, unknown, number])[] = [
    [`/${DEVICES.relay}/PIO.A`, true, 1],
    [`/${DEVICES.relay}/PIO.B`, 'off', 1],
    [`/${DEVICES.switch8}/PIO.ALL`, [1, 0, 1, 0, 1, 0, 1, 0], 15],
    [`/${DEVICES.switch8}/PIO.BYTE`, 170, 3],
    [`/${DEVICES.thermometer}/temphigh`, 60.5, 4],
    [`/${DEVICES.counter}/pages/page.0`, Buffer.from('hello'), 5],
  ];
  for (const [path, value, size] of writable) {
    if (world.switch === 'readonly') {
      it(`says that owserver is read only, for ${path}`, async () => {
        await assert.rejects(client().write(path, value), { code: 'EOW_READ_ONLY', ret: -30 });
      });
      continue;
    }
    it(`takes ${JSON.stringify(value)} for ${path}`, async () => {
      const written = await client().write(path, value);
      assert.deepEqual([written.path, written.size, written.attempts], [path, size, 1]);
    });
  }

  if (world.keepsValues && world.switch !== 'readonly') {
    it('reads back what was written', async () => {
      await client().write(`/${DEVICES.switch8}/PIO.ALL`, [1, 1, 0, 0, 0, 0, 0, 1]);
      assert.equal((await client().read(`/${DEVICES.switch8}/PIO.BYTE`)).value, 131);
      await client().write(`/${DEVICES.counter}/pages/page.3`, Buffer.from([0, 1, 254, 255]));
      const { value } = await client().read(`/${DEVICES.counter}/memory`, {
        source: 'uncached',
        offset: 96,
        size: 4,
      });
      assert.deepEqual(value, Buffer.from([0, 1, 254, 255]));
    });
  }

  if (world.keepsValues && world.switch !== 'readonly') {
    it('sets a clock to the very second', async () => {
      const path = `/${DEVICES.monitor}/date`;
      const seconds = Date.UTC(2026, 10, 23, 18) / 1000;
      for (const value of ['2026-11-23T18:00:00Z', new Date(seconds * 1000), seconds * 1000]) {
        await client().read(path);
        const written = await client().write(path, value);
        assert.deepEqual([written.path, written.property], [path, 'date']);
        const clock = await client().read(`/${DEVICES.monitor}/udate`, { source: 'uncached' });
        // Its text is that of the clock at once, in the local time of owserver.
        const text = await client().read(path);
        for (const now of [Number(clock.value), new Date(String(text.value)).getTime() / 1000])
          assert.ok(now >= seconds && now < seconds + 60, `${now - seconds} s late`);
      }
    });
  }

  const refused: readonly (readonly [string, unknown, RegExp])[] = [
    [`/${DEVICES.thermometer}/temphigh`, '25,5', /takes a number/],
    [`/${DEVICES.thermometer}/temphigh`, true, /takes a number/],
    [`/${DEVICES.thermometer}/temphigh`, Number.NaN, /takes a number/],
    [`/${DEVICES.relay}/PIO.A`, 'nope', /takes on or off/],
    [`/${DEVICES.switch8}/PIO.BYTE`, 256, /whole number from 0 to 255/],
    [`/${DEVICES.switch8}/PIO.ALL`, [1, 0], /array of 8/],
    [`/${DEVICES.thermometer}/temperature`, 20, /read but not written/],
    [`/${DEVICES.counter}/pages/page.0`, Buffer.alloc(33), /room for 32/],
  ];
  for (const [path, value, sentence] of refused) {
    it(`refuses ${String(value).slice(0, 20)} for ${path} before it is sent`, async () => {
      await assert.rejects(client().write(path, value), { code: 'EOW_VALUE', message: sentence });
    });
  }

  it('says that what is written to is not found', async () => {
    const code = world.switch === 'readonly' ? /EOW_READ_ONLY|EOW_ABSENT/ : /EOW_ABSENT/;
    await assert.rejects(client().write('/28.0F0F0F0F0F0F/temphigh', 20), { code });
    await assert.rejects(client().write(`/${DEVICES.relay}/PIO.Z`, true), { code });
  });
}
