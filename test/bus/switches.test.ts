import assert from 'node:assert/strict';
import { FAST, onBuses } from './world.js';

const RELAY = '3A.025000000000';
const EIGHT = '29.026000000000';
const KEY = '01.029000000000';

describe('switches on an emulated bus', () => {
  const devices = [{ id: RELAY }, { id: EIGHT }, { id: KEY }];
  const world = onBuses([{ devices, ...FAST }]);
  const alarms = async (): Promise<string[]> => (await world.client.alarm()).map(({ id }) => id);

  it('owserver lists them with their types', async () => {
    const found = await world.client.devices('/', { source: 'uncached' });
    const types = Object.fromEntries(found.map(({ id, type }) => [id, type]));
    assert.deepEqual(types, { [RELAY]: 'DS2413', [EIGHT]: 'DS2408', [KEY]: 'DS2401' });
  });

  for (const [id, type, count] of [
    [RELAY, 'DS2413', 2],
    [EIGHT, 'DS2408', 8],
  ] as const) {
    it(`${type}: switches the outputs that owserver writes, and pulls their pins low`, async () => {
      for (const outputs of [1, 2, (1 << count) - 1, 0]) {
        await world.write(`/${id}/PIO.BYTE`, outputs);
        const { sensed, ...state } = await world.bus.state(id);
        assert.equal(state.outputs, outputs);
        assert.equal(sensed, ~outputs & ((1 << count) - 1));
        assert.equal(await world.read(`/${id}/PIO.BYTE`), outputs);
        assert.equal(await world.read(`/${id}/sensed.BYTE`), sensed);
      }
    });

    it(`${type}: senses what the world does to its pins`, async () => {
      for (const inputs of [0, 1, 2, 3]) {
        await world.bus.set(id, { inputs });
        assert.equal(await world.read(`/${id}/sensed.BYTE`), inputs);
      }
    });

    it(`${type}: has its outputs off after a power-on`, async () => {
      await world.write(`/${id}/PIO.BYTE`, 3);
      await world.bus.glitch(id);
      assert.equal((await world.bus.state(id)).outputs, 0);
    });
  }

  it('DS2408: latches each change of a pin until all latches are reset', async () => {
    await world.bus.set(EIGHT, { inputs: 0xff });
    await world.write(`/${EIGHT}/latch.BYTE`, 0);
    assert.equal(await world.read(`/${EIGHT}/latch.BYTE`), 0);
    await world.bus.set(EIGHT, { inputs: 0xf7 });
    await world.bus.set(EIGHT, { inputs: 0xff });
    await world.write(`/${EIGHT}/PIO.0`, true);
    assert.equal(await world.read(`/${EIGHT}/latch.BYTE`), 0b1001);
    await world.write(`/${EIGHT}/latch.5`, true);
    assert.equal(await world.read(`/${EIGHT}/latch.BYTE`), 0);
  });

  it('DS2408: is in alarm from its power-on until that is acknowledged', async () => {
    await world.bus.glitch(EIGHT);
    assert.deepEqual(await alarms(), [EIGHT]);
    await world.write(`/${EIGHT}/por`, false);
    assert.equal(await world.read(`/${EIGHT}/por`), false);
    assert.deepEqual(await alarms(), []);
  });

  it('DS2408: is in alarm by the pins, or the latches, that were chosen', async () => {
    await world.bus.set(EIGHT, { inputs: 0xff });
    await world.write(`/${EIGHT}/por`, false);
    // Pin 1 low; by the pins themselves.
    await world.write(`/${EIGHT}/set_alarm`, 20);
    assert.deepEqual(await alarms(), []);
    await world.bus.set(EIGHT, { inputs: 0xfd });
    assert.deepEqual(await alarms(), [EIGHT]);
    // Latches 0 and 1 both set.
    await world.bus.set(EIGHT, { inputs: 0xff });
    await world.write(`/${EIGHT}/latch.BYTE`, 0);
    await world.write(`/${EIGHT}/set_alarm`, 300_000_033);
    await world.bus.set(EIGHT, { inputs: 0xfe });
    assert.deepEqual(await alarms(), []);
    await world.bus.set(EIGHT, { inputs: 0xfc });
    assert.deepEqual(await alarms(), [EIGHT]);
    assert.equal(await world.read(`/${EIGHT}/set_alarm`), 300_000_033);
  });
});
