import assert from 'node:assert/strict';
import { DEMO_DEVICES, DEMO_SCRIPT, type Script } from '../../simulator/index.js';
import { bench, closeAll, type Bench } from './world.js';

const EIGHT = '29.026000000000';
const TWO = '12.02A000000000';
const KEY = '01.029000000000';
const SENSOR = '28.021000000000';
const DEVICES = [EIGHT, TWO, KEY, SENSOR].map((id) => ({ id }));
const UNCACHED = 0x124;

/** A simulator with a clock of its own, in seconds. */
interface Timed extends Bench {
  at: (seconds: number) => void;
  uncached: (path: string) => Promise<string>;
  /** Does a search find it? */
  finds: (id: string) => Promise<boolean>;
  play: (script: Script) => { stop(): void };
}

async function timed(options: Parameters<typeof bench>[0] = { devices: DEVICES }): Promise<Timed> {
  const start = 1_000_000_000;
  let now = start;
  const made = await bench({ ...options, now: () => now });
  return {
    ...made,
    at: (seconds) => void (now = start + seconds * 1000),
    uncached: async (path) => (await made.read(`/${path}`, UNCACHED)).trim(),
    finds: async (id) => (await made.list('/unaliased', UNCACHED)).includes(id),
    play: (script) => made.simulator.play(script),
  };
}

describe('a script of the simulator', () => {
  afterEach(closeAll);

  it('does each step at its time, and none before', async () => {
    const { at, uncached, finds, play } = await timed();
    play({
      steps: [
        { at: 3, device: KEY, plug: true },
        { at: 1, device: KEY, pull: true },
        { at: 2, device: SENSOR, set: { temperature: 30 } },
      ],
    });
    const seen: string[] = [];
    for (const seconds of [0, 0.999, 1, 1.999, 2, 3]) {
      at(seconds);
      seen.push(`${await finds(KEY)} ${await uncached(`${SENSOR}/temperature`)}`);
    }
    const [there, gone] = ['true 20', 'false 20'];
    assert.deepEqual(seen, [there, there, gone, gone, 'false 30', 'true 30']);
  });

  it('has latched a pulse that was over before anybody looked', async () => {
    const { at, uncached, play, write, list } = await timed();
    await write(`/${EIGHT}/por`, '0');
    await write(`/${EIGHT}/set_alarm`, '133333333');
    await write(`/${TWO}/set_alarm`, '311');
    assert.equal(await list('/alarm'), '');
    play({
      steps: [
        { at: 1, device: EIGHT, pulse: 'sensed.4' },
        { at: 1, device: TWO, pulse: 'sensed.B', seconds: 2 },
      ],
    });
    at(2);
    assert.equal(await list('/alarm'), `/alarm/${EIGHT}/,/alarm/${TWO}/`);
    assert.equal(await uncached(`${EIGHT}/latch.BYTE`), '16');
    assert.equal(await uncached(`${EIGHT}/sensed.BYTE`), '255');
    assert.equal(await uncached(`${TWO}/sensed.ALL`), '1,0');
    await write(`/${EIGHT}/latch.0`, '0');
    await write(`/${TWO}/latch.A`, '0');
    assert.equal(await list('/alarm'), '');
    at(3);
    assert.equal(await uncached(`${TWO}/latch.ALL`), '0,1');
  });

  it('begins again with its loop, also when nobody looked for a year, until it is stopped', async () => {
    const { at, finds, play } = await timed();
    const playing = play({
      loop: 10,
      steps: [
        { at: 2, device: KEY, pull: true },
        { at: 4, device: KEY, plug: true },
      ],
    });
    const year = 365 * 86_400;
    const seen: boolean[] = [];
    for (const seconds of [1, 2, 4, 12, 14, 17, 1002, year + 3, year + 4, year + 12]) {
      at(seconds);
      seen.push(await finds(KEY));
    }
    const [yes, no] = [true, false];
    assert.deepEqual(seen, [yes, no, yes, no, yes, yes, no, no, yes, no]);
    playing.stop();
    at(year + 14);
    assert.equal(await finds(KEY), false);
  });

  it('turns over what rests low, as what rests high, and pulses may meet', async () => {
    const { simulator, at, uncached } = await timed();
    const device = simulator.device(EIGHT);
    device.set('sensed.4', false);
    device.pulse('sensed.4', 3);
    device.pulse('sensed.5', 3);
    assert.equal(await uncached(`${EIGHT}/sensed.ALL`), '1,1,1,1,1,0,1,1');
    at(1);
    device.pulse('sensed.4', 4);
    assert.equal(await uncached(`${EIGHT}/sensed.4`), '0');
    at(4);
    assert.equal(await uncached(`${EIGHT}/sensed.ALL`), '1,1,1,1,1,1,1,1');
    at(5);
    assert.equal(await uncached(`${EIGHT}/sensed.ALL`), '1,1,1,1,0,1,1,1');
  });

  it('leaves to a hand what it sets meanwhile', async () => {
    const { simulator, at, uncached } = await timed();
    const device = simulator.device(EIGHT);
    device.pulse('sensed.0', 3);
    device.set('sensed.0', false);
    assert.equal(await uncached(`${EIGHT}/sensed.0`), '0');
    at(3);
    assert.equal(await uncached(`${EIGHT}/sensed.0`), '0');
  });

  it('is refused in a sentence when it cannot be played', async () => {
    const { play, simulator } = await timed();
    const refuses = (script: Script, sentence: RegExp): void =>
      assert.throws(() => play(script), sentence);
    const step = { at: 1, device: EIGHT } as const;
    refuses({ steps: [{ ...step, device: '28.0F0F0F0F0F0F', pull: true }] }, /No device 28\.0F/);
    refuses({ steps: [{ ...step, pulse: 'sensed' }] }, /no property "sensed"/);
    refuses({ steps: [{ ...step, pulse: 'set_alarm' }] }, /no yes or no/);
    refuses({ steps: [{ ...step, set: { temperature: 3 } }] }, /no property "temperature"/);
    refuses({ steps: [{ ...step, at: -1, pull: true }] }, /begins at 0/);
    refuses({ steps: [{ ...step, pulse: 'sensed.0', seconds: 4 }], loop: 4 }, /takes 5 s/);
    refuses({ steps: [], loop: 0 }, /loop must be/);
    assert.throws(() => simulator.device(SENSOR).pulse('temperature'), /no yes or no/);
  });
});

describe('what the demo plays', () => {
  afterEach(closeAll);
  const demo = (): Promise<Timed> => timed({ script: DEMO_SCRIPT });

  it('loses no thermometer in the first two minutes, and one of them for a minute later', async () => {
    const { at, list } = await demo();
    const sensors = DEMO_DEVICES.filter(({ id }) => /^(28|10|26)/.test(id)).map(({ id }) => id);
    const absent = async (): Promise<string[]> => {
      const found = await list('/unaliased', UNCACHED);
      return sensors.filter((id) => !found.includes(id));
    };
    const lost = new Map<string, number>();
    for (let seconds = 0; seconds < 600; seconds += 5) {
      at(seconds);
      for (const id of await absent()) lost.set(id, (lost.get(id) ?? 0) + 5);
      if (seconds <= 120) assert.deepEqual([...lost], [], `after ${seconds} s`);
    }
    assert.deepEqual([...lost], [['10.024000000000', 60]]);
  });

  it('opens a door for seconds, which an alarm tells, and lets a key go and come home', async () => {
    const { at, uncached, finds, list, write } = await demo();
    let opened = 0;
    const keys: boolean[] = [];
    for (let seconds = 0; seconds < 600; seconds += 1) {
      at(seconds);
      const key = await finds(KEY);
      if (key !== keys.at(-1)) keys.push(key);
      if (!(await list('/alarm')).includes(EIGHT)) continue;
      if ((await uncached(`${EIGHT}/latch.4`)) === '1') opened += 1;
      await write(`/${EIGHT}/latch.0`, '0');
    }
    // Each time it is told of the opening, and of the closing.
    assert.equal(opened, 10);
    assert.equal(await uncached(`${EIGHT}/sensed.4`), '0');
    assert.deepEqual(keys, [true, false, true, false, true]);
  });
});
