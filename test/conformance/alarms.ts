import assert from 'node:assert/strict';
import type { Suite } from './conformance.test.js';
import { DEVICES, SWITCH2 } from './world.js';

const { switch8, key, thermometer } = DEVICES;

/** Both switches, how to have their latches tell of any change, and a pin of each. */
const LATCHES = [
  [SWITCH2, 311, 1, 'latch.B'],
  [switch8, 133_333_333, 5, 'latch.5'],
] as const;

/** What tells of itself in an alarm search, what that takes, and who is there at all. */
export function alarmPromises(suite: Suite): void {
  const { world, hands } = suite;
  if (!world.keepsValues) quietPromises(suite);
  else {
    describe('alarms', () => {
      before(() => hands().plug(SWITCH2));
      after(() => hands().pull(SWITCH2));
      if (world.switch === 'readonly') readOnlyPromises(suite);
      else {
        switchPromises(suite);
        thermometerPromises(suite);
      }
    });
    presencePromises(suite);
  }
}

const alarmed = async ({ client }: Suite): Promise<string[]> =>
  (await client().alarm()).map(({ id }) => id).sort();

const isAlarmed = async (suite: Suite, id: string): Promise<boolean> =>
  (await alarmed(suite)).includes(id);

const reads = async ({ client }: Suite, path: string): Promise<unknown> =>
  (await client().read(path, { source: 'uncached' })).value;

/** Of simulated adapters of owserver nothing changes, and nobody answers an alarm search. */
function quietPromises({ world, client }: Suite): void {
  it('lists nobody in alarm on a bus that owserver makes up', async () => {
    assert.deepEqual(await client().alarm(), []);
  });

  it('takes a set_alarm, or says that it is read only', async () => {
    const path = `/${switch8}/set_alarm`;
    const written = client().write(path, 133_333_333);
    if (world.switch === 'readonly') await assert.rejects(written, { code: 'EOW_READ_ONLY' });
    else assert.equal((await written).path, path);
  });
}

function readOnlyPromises(suite: Suite): void {
  const { client, hands } = suite;
  it('leaves a DS2408 in alarm, as nobody may write to it', async () => {
    await hands().dip(switch8);
    assert.equal(await isAlarmed(suite, switch8), true);
    for (const name of ['por', 'set_alarm', 'latch.0'])
      await assert.rejects(client().write(`/${switch8}/${name}`, 0), { code: 'EOW_READ_ONLY' });
    assert.equal(await reads(suite, `/${switch8}/por`), true);
  });
}

function switchPromises(suite: Suite): void {
  const { client, hands } = suite;
  const write = (id: string, name: string, value: unknown): Promise<unknown> =>
    client().write(`/${id}/${name}`, value);
  beforeEach(async () => {
    await hands().dip(SWITCH2, switch8);
    for (const [id, , pin] of LATCHES) await hands().level(id, pin, true);
  });

  it('has a DS2408 answer each alarm search from its power-on until por is cleared', async () => {
    assert.equal(await reads(suite, `/${switch8}/por`), true);
    await write(switch8, 'set_alarm', 133_333_333);
    for (let search = 0; search < 2; search += 1)
      assert.equal(await isAlarmed(suite, switch8), true);
    await write(switch8, 'por', false);
    assert.equal(await reads(suite, `/${switch8}/por`), false);
    assert.equal(await isAlarmed(suite, switch8), false);
    await assert.rejects(write(switch8, 'por', true), { code: 'EOW_RETURN', ret: -22 });
  });

  it('has a DS2406 answer by its pins from its power-on until it is told otherwise', async () => {
    assert.equal(await reads(suite, `/${SWITCH2}/set_alarm`), 331);
    assert.equal(await isAlarmed(suite, SWITCH2), true);
    await write(SWITCH2, 'set_alarm', 311);
    assert.equal(await isAlarmed(suite, SWITCH2), false);
  });

  for (const [id, setting, pin, latch] of LATCHES) {
    const armed = async (): Promise<void> => {
      if (id === switch8) await write(id, 'por', false);
      await write(id, 'set_alarm', setting);
      await write(id, latch, false);
    };

    it(`reads ${setting} back as set_alarm of ${id}`, async () => {
      await armed();
      assert.equal(await reads(suite, `/${id}/set_alarm`), setting);
    });

    it(`lists ${id} once a contact was closed for a moment, until a latch is written`, async () => {
      await armed();
      assert.equal(await isAlarmed(suite, id), false);
      await hands().pulse(id, pin);
      for (let search = 0; search < 2; search += 1) assert.equal(await isAlarmed(suite, id), true);
      assert.equal(await reads(suite, `/${id}/${latch}`), true);
      assert.equal(await reads(suite, `/${id}/latch.BYTE`), 1 << pin);
      assert.equal(await reads(suite, `/${id}/${latch.replace('latch', 'sensed')}`), true);
      await write(id, id === switch8 ? 'latch.0' : 'latch.A', false);
      assert.equal(await reads(suite, `/${id}/latch.BYTE`), 0);
      assert.equal(await isAlarmed(suite, id), false);
    });

    it(`lists ${id} for its own output too, by the latch`, async () => {
      await armed();
      await write(id, latch.replace('latch', 'PIO'), true);
      assert.equal(await isAlarmed(suite, id), true);
      await write(id, latch.replace('latch', 'PIO'), false);
    });

    it(`lists ${id} while a contact is closed, when told to look at its pins`, async () => {
      await armed();
      await write(id, 'set_alarm', id === switch8 ? 2 * 10 ** pin : 230);
      assert.equal(await isAlarmed(suite, id), false);
      await hands().level(id, pin, false);
      assert.equal(await isAlarmed(suite, id), true);
      await hands().level(id, pin, true);
      assert.equal(await isAlarmed(suite, id), false);
    });
  }
}

function thermometerPromises(suite: Suite): void {
  it('lists a thermometer that last measured what is beyond its limits', async () => {
    const { client } = suite;
    const path = `/${thermometer}`;
    const within = async (low: number, high: number): Promise<boolean> => {
      await client().write(`${path}/templow`, low);
      await client().write(`${path}/temphigh`, high);
      await reads(suite, `${path}/temperature`);
      return !(await isAlarmed(suite, thermometer));
    };
    const limits = [
      [-10, 60],
      [-10, 10],
      [30, 60],
      [-10, 60],
    ] as const;
    const were: boolean[] = [];
    for (const [low, high] of limits) were.push(await within(low, high));
    assert.deepEqual(were, [true, false, false, true]);
  });
}

function presencePromises(suite: Suite): void {
  const { client, hands } = suite;
  const listed = async (id: string): Promise<boolean> =>
    (await client().devices('/', { source: 'uncached' })).some((device) => device.id === id);

  it('tells of a key that it is taken from its reader, and that it is back', async () => {
    for (const there of [true, false, true, false, true]) {
      await (there ? hands().plug(key) : hands().pull(key));
      assert.equal(await client().present(`/${key}`), there);
      assert.equal(await listed(key), there);
    }
  });

  it('has a switch as after a power-on when it was pulled and plugged', async () => {
    await hands().pull(switch8);
    assert.equal(await isAlarmed(suite, switch8), false);
    assert.equal(await listed(switch8), false);
    await hands().plug(switch8);
    assert.equal(await listed(switch8), true);
    assert.equal(await isAlarmed(suite, switch8), true);
    for (const name of ['PIO.BYTE', 'latch.BYTE', 'set_alarm'])
      assert.equal(await reads(suite, `/${switch8}/${name}`), 0, name);
  });
}
