import assert from 'node:assert/strict';
import { FAST, onBuses } from './world.js';

const SWITCH = '12.02A000000000';
const KEY = '01.029000000000';
const path = (property: string): string => `/${SWITCH}/${property}`;

for (const master of ['HA7S', 'DS2480B'] as const) {
  describe(`a DS2406 on an emulated bus of a ${master}`, () => {
    const devices = [{ id: SWITCH }, { id: KEY }];
    const world = onBuses([{ devices, ...FAST, master }]);
    const alarms = async (): Promise<string[]> => (await world.client.alarm()).map(({ id }) => id);
    const reads = (...names: string[]): Promise<unknown[]> =>
      Promise.all(names.map((name) => world.read(path(name))));
    beforeEach(async () => {
      await world.bus.set(SWITCH, { inputs: 3 });
      // owserver would go on believing that an output is on, and write that with the other one.
      await world.write(path('PIO.BYTE'), 0);
      await world.bus.glitch(SWITCH);
    });

    it('has two channels and a supply; after a power-on it is off and in alarm by its pins', async () => {
      const names = ['channels', 'power', 'PIO.BYTE', 'sensed.BYTE', 'latch.BYTE', 'set_alarm'];
      assert.deepEqual(await reads(...names), [2, true, 0, 3, 0, 331]);
      assert.equal(await world.read(path('flipflop.BYTE')), 3);
      assert.deepEqual(await alarms(), [SWITCH]);
    });

    it('switches the outputs that owserver writes, and pulls their pins low', async () => {
      for (const outputs of [1, 2, 3, 0]) {
        await world.write(path('PIO.BYTE'), outputs);
        assert.deepEqual(await reads('PIO.BYTE', 'sensed.BYTE'), [outputs, 3 & ~outputs]);
        assert.equal((await world.bus.state(SWITCH)).outputs, outputs);
      }
      await world.write(path('PIO.B'), true);
      assert.deepEqual(await world.read(path('PIO.ALL')), [false, true]);
      assert.equal(await world.read(path('set_alarm')), 331);
    });

    it('latches each change of a pin until any latch is written, which clears both', async () => {
      await world.bus.set(SWITCH, { levels: { 0: false } });
      await world.bus.set(SWITCH, { levels: { 0: true } });
      assert.deepEqual(await world.read(path('latch.ALL')), [true, false]);
      await world.write(path('PIO.B'), true);
      assert.deepEqual(await world.read(path('latch.ALL')), [true, true]);
      await world.write(path('latch.B'), false);
      assert.deepEqual(await world.read(path('latch.ALL')), [false, false]);
      assert.deepEqual(await world.read(path('PIO.ALL')), [false, true]);
    });

    it('is in alarm by the latches, the outputs or the pins that were chosen', async () => {
      const inAlarm = async (setting: number): Promise<boolean> => {
        await world.write(path('set_alarm'), setting);
        assert.equal(await world.read(path('set_alarm')), setting);
        return (await alarms()).includes(SWITCH);
      };
      await world.write(path('PIO.A'), true);
      await world.write(path('latch.A'), false);
      await world.bus.set(SWITCH, { levels: { 1: false } });
      const settings = [111, 211, 311, 110, 210, 120, 121, 221, 130, 331, 10, 11, 0, 301];
      const is = new Map<number, boolean>();
      for (const setting of settings) is.set(setting, await inAlarm(setting));
      const yes = settings.filter((setting) => is.get(setting) === true);
      assert.deepEqual(yes, [211, 311, 110, 120, 221, 130, 10]);
    });

    it('forgets its outputs, latches and set_alarm when it is pulled', async () => {
      await world.write(path('set_alarm'), 311);
      await world.write(path('PIO.BYTE'), 3);
      await world.bus.pull(SWITCH);
      assert.deepEqual(await world.list(), [KEY]);
      assert.deepEqual(await alarms(), []);
      await world.bus.plug(SWITCH);
      assert.deepEqual(await reads('PIO.BYTE', 'latch.BYTE', 'set_alarm'), [0, 0, 331]);
    });
  });
}
