import assert from 'node:assert/strict';
import { Bus } from '../support/bus/bus.js';
import { startBus, type Step } from '../support/bus/index.js';
import { need } from '../support/need.js';
import { FAST, onBuses } from './world.js';

const EIGHT = '29.026000000000';
const SWITCH = '12.02A000000000';
const KEY = '01.029000000000';
const SENSOR = '28.021000000000';

for (const master of ['HA7S', 'DS2480B'] as const) {
  describe(`a script on an emulated bus of a ${master}`, () => {
    const devices = [{ id: EIGHT }, { id: SWITCH }, { id: KEY }, { id: SENSOR, temperature: 20 }];
    const world = onBuses([{ devices, ...FAST, master }]);
    const alarms = async (): Promise<string[]> => (await world.client.alarm()).map(({ id }) => id);
    const play = async (steps: readonly Step[]): Promise<void> =>
      (await world.bus.play(steps)).finished();

    it('closes a contact for 50 ms, which both kinds of switch latch', async () => {
      await world.write(`/${EIGHT}/por`, false);
      await world.write(`/${EIGHT}/set_alarm`, 133_333_333);
      await world.write(`/${SWITCH}/set_alarm`, 311);
      assert.deepEqual(await alarms(), []);
      await play([
        { at: 0, id: EIGHT, pulse: 4 },
        { at: 10, id: SWITCH, pulse: 1, ms: 5 },
      ]);
      assert.deepEqual((await alarms()).sort(), [SWITCH, EIGHT]);
      assert.equal(await world.read(`/${EIGHT}/latch.BYTE`), 0x10);
      assert.equal(await world.read(`/${EIGHT}/sensed.BYTE`), 0xff);
      assert.deepEqual(await world.read(`/${SWITCH}/latch.ALL`), [false, true]);
      await world.write(`/${EIGHT}/latch.0`, false);
      await world.write(`/${SWITCH}/latch.A`, false);
      assert.deepEqual(await alarms(), []);
    });

    it('closes a contact and leaves it so', async () => {
      await play([
        { at: 0, id: EIGHT, close: 7 },
        { at: 1, id: EIGHT, close: 6 },
        { at: 2, id: EIGHT, open: 7 },
      ]);
      assert.equal(await world.read(`/${EIGHT}/sensed.BYTE`), 0xbf);
      await world.bus.set(EIGHT, { levels: { 6: true } });
      assert.equal(await world.read(`/${EIGHT}/sensed.BYTE`), 0xff);
    });

    it('makes a thousand edges, and tells how many there were of each channel', async () => {
      const before = (await world.bus.state(EIGHT)).edges ?? [];
      const pulses = Array.from({ length: 500 }, (_, n): Step => {
        return { at: n, id: EIGHT, pulse: n % 8, ms: 0.5 };
      });
      await play(pulses);
      const after = (await world.bus.state(EIGHT)).edges ?? [];
      const made = after.map((count, pin) => count - (before[pin] ?? 0));
      assert.deepEqual(made, [126, 126, 126, 126, 124, 124, 124, 124]);
    });

    it('takes a key from its reader and puts it back, and loses a sensor for a while', async () => {
      const has = async (...ids: string[]): Promise<boolean[]> => {
        const listed = await world.list();
        return ids.map((id) => listed.includes(id));
      };
      await play([
        { at: 0, id: KEY, pull: true },
        { at: 0, id: SENSOR, pull: true },
      ]);
      assert.deepEqual(await has(KEY, SENSOR), [false, false]);
      await play([
        { at: 0, id: SENSOR, set: { temperature: 30 } },
        { at: 0, id: SENSOR, plug: true },
        { at: 5, id: KEY, plug: true },
      ]);
      assert.deepEqual(await has(KEY, SENSOR), [true, true]);
      assert.equal(await world.read(`/${SENSOR}/temperature`), 30);
    });

    it('counts the searches for devices in alarm', async () => {
      const searched = async (): Promise<number> => (await world.bus.traffic()).alarmSearches;
      await world.bus.glitch(EIGHT);
      await world.write(`/${EIGHT}/por`, false);
      await world.write(`/${SWITCH}/set_alarm`, 0);
      const before = await searched();
      await world.client.alarm();
      assert.equal((await searched()) - before, 1);
      await world.list();
      assert.equal((await searched()) - before, 1);
    });

    it('says which slave of it is not there', async () => {
      await assert.rejects(world.bus.play([{ at: 0, id: '29.0F0F0F0F0F0F', pulse: 0 }]), /not on/);
    });
  });
}

describe('the time of a script', () => {
  it('goes on during a command: what happens in the midst of it is seen there', () => {
    let said = '';
    const bus = new Bus({ devices: [{ id: EIGHT }], byteMs: 4 }, (bytes) => {
      said += bytes.toString('latin1');
    });
    const ask = (command: string): string => {
      said = '';
      bus.receive(Buffer.from(command, 'latin1'));
      return said;
    };
    ask('S');
    // 30 times the levels, one after another in 4 ms each.
    const command = `W1FF5${'FF'.repeat(30)}\r`;
    bus.play([{ at: 80, id: EIGHT, pulse: 0, ms: 12 }]);
    const levels = ask(`M${command}`);
    const low = levels.match(/FE/g)?.length ?? 0;
    assert.equal(low, 3, levels);
  });

  it('has each step made when somebody asks for it, and none before', async function () {
    need('socat');
    const bus = await startBus({ devices: [{ id: EIGHT }] });
    try {
      const late = await bus.play([{ at: 60_000, id: EIGHT, pulse: 0 }]);
      assert.ok(Math.abs(late.startedAt - Date.now()) < 60_000);
      await (await bus.play([{ at: 0, id: EIGHT, close: 1 }])).finished();
      assert.deepEqual((await bus.state(EIGHT)).edges, [0, 1, 0, 0, 0, 0, 0, 0]);
    } finally {
      await bus.stop();
    }
  });
});
