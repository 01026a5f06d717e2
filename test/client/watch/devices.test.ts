import assert from 'node:assert/strict';
import { isAnswered } from '../../../client/watch/answers.js';
import { devicesObserver, type DevicesLook } from '../../../client/watch/devices.js';
import { entriesObserver } from '../../../client/watch/entries.js';
import { listings } from '../simulated.js';
import { lookOnce, watchedHouses } from './watched.js';

const KEY = '01.029000000000';
const RELAY = '3A.025000000000';
const DEVICES = [{ id: KEY }, { id: RELAY }];
const TWO_BUSES = [{ id: KEY }, { id: RELAY, bus: 1 }];

const valueOf = ({ answers: [answer] }: DevicesLook): string[] | string =>
  answer && isAnswered(answer) ? answer.value.map(({ path }) => path) : (answer?.error.code ?? '');
const ids = (devices: readonly { id: string }[]): string[] => devices.map(({ id }) => id);

describe('watching devices', () => {
  const house = watchedHouses();

  it('a key that comes is told at once, and one that goes after two listings, although owserver keeps its list', async () => {
    const { simulator, parts } = await house({ devices: DEVICES });
    const observer = devicesObserver(parts, { emit: 'change' });
    const key = simulator.device(KEY);
    const first = await lookOnce(observer);
    assert.deepEqual(
      [first.due, first.first, first.added, valueOf(first).length],
      [true, true, [], 2],
    );
    assert.equal((await lookOnce(observer)).due, false);
    key.pull();
    assert.equal((await lookOnce(observer)).due, false);
    const gone = await lookOnce(observer);
    assert.deepEqual([gone.due, ids(gone.removed), valueOf(gone)], [true, [KEY], [`/${RELAY}`]]);
    assert.equal((await lookOnce(observer)).due, false);
    key.plug();
    const back = await lookOnce(observer);
    assert.deepEqual([back.due, ids(back.added)], [true, [KEY]]);
  });

  it('each listing is due that is always to be reported', async () => {
    const { parts } = await house({ devices: DEVICES });
    const observer = devicesObserver(parts, {});
    for (let look = 0; look < 3; look += 1) assert.equal((await lookOnce(observer)).due, true);
  });

  it('only one family counts where it is given', async () => {
    const { simulator, parts } = await house({ devices: DEVICES });
    const observer = devicesObserver(parts, { emit: 'change', family: '01', misses: 1 });
    assert.deepEqual(valueOf(await lookOnce(observer)), [`/${KEY}`]);
    simulator.device(RELAY).pull();
    assert.equal((await lookOnce(observer)).due, false);
    simulator.device(KEY).pull();
    assert.deepEqual(ids((await lookOnce(observer)).removed), [KEY]);
  });

  it('of several buses each is listed by itself, once a look, and tells who is on it', async () => {
    const { simulator, parts } = await house({ devices: TWO_BUSES });
    const observer = devicesObserver(parts, { emit: 'change' });
    const look = await lookOnce(observer);
    const [answer] = look.answers;
    assert.ok(answer && isAnswered(answer));
    assert.deepEqual(
      answer.value.map(({ path, bus }) => [path, bus]),
      [
        [`/${KEY}`, 0],
        [`/${RELAY}`, 1],
      ],
    );
    const before = listings(simulator).length;
    await lookOnce(observer);
    assert.deepEqual(listings(simulator).slice(before).sort(), ['/bus.0', '/bus.1']);
  });

  it('one that is on two buses has the number of each in its path, also where one is that of another owserver', async () => {
    for (const remotes of [[], [1]]) {
      const { parts } = await house({
        devices: [{ id: KEY }, { id: KEY, bus: 1 }, { id: RELAY, bus: 1 }],
        remotes,
      });
      const look = await lookOnce(devicesObserver(parts, { emit: 'change' }));
      assert.deepEqual(valueOf(look), [`/bus.0/${KEY}`, `/bus.1/${KEY}`, `/${RELAY}`]);
    }
  });

  it('one that moves to another bus has moved', async () => {
    const { simulator, parts } = await house({ devices: TWO_BUSES });
    const observer = devicesObserver(parts, { emit: 'change' });
    await lookOnce(observer);
    simulator.device(KEY).pull();
    simulator.add({ id: KEY, bus: 1 });
    const { added, removed, moved } = await lookOnce(observer);
    assert.deepEqual([added, removed, moved.map(({ id, bus }) => [id, bus])], [[], [], [[KEY, 1]]]);
    const next = await lookOnce(observer);
    assert.deepEqual([next.due, next.removed], [false, []]);
  });

  it('the devices of a dead bus are not gone, and the bus is told once', async () => {
    const { simulator, parts } = await house({ devices: TWO_BUSES });
    const observer = devicesObserver(parts, { emit: 'change', misses: 1 });
    await lookOnce(observer);
    simulator.bus(1).dead(true);
    const dead = await lookOnce(observer);
    assert.deepEqual([dead.removed, valueOf(dead)], [[], [`/${KEY}`]]);
    assert.deepEqual(
      dead.warnings.map(({ code, path }) => [code, path]),
      [['EOW_RETURN', '/bus.1']],
    );
    const still = await lookOnce(observer);
    assert.deepEqual([still.removed, still.warnings], [[], []]);
    simulator.bus(1).dead(false);
    const alive = await lookOnce(observer);
    assert.deepEqual([alive.added, alive.removed, alive.warnings], [[], [], []]);
    simulator.bus(1).dead(true);
    assert.equal((await lookOnce(observer)).warnings.length, 1);
  });

  it('a path that fails costs the others nothing, and is news when it begins and when it ends', async () => {
    const { simulator, parts } = await house({ devices: DEVICES });
    const observer = devicesObserver(parts, { emit: 'change', misses: 1 });
    const look = (): Promise<DevicesLook> => lookOnce(observer, '/', '/bus.0', '/bus.7');
    const first = await look();
    assert.deepEqual(
      first.answers.map((answer) => (isAnswered(answer) ? answer.value.length : answer.error.code)),
      [2, 2, 'EOW_ABSENT'],
    );
    assert.equal((await look()).due, false);
    simulator.bus(0).dead(true);
    const dead = await look();
    assert.deepEqual([dead.due, dead.removed], [true, []]);
    assert.equal((await look()).due, false);
    simulator.bus(0).dead(false);
    const alive = await look();
    assert.deepEqual([alive.due, alive.added], [true, []]);
  });

  it('a look that is called off is no look', async () => {
    const { parts } = await house({ devices: DEVICES });
    const observer = devicesObserver(parts, {});
    const signal = AbortSignal.abort();
    await assert.rejects(observer.look(['/'], { signal }), { code: 'EOW_ABORTED' });
  });

  it('a device that came is there for patterns, too', async () => {
    const { simulator, parts } = await house({ devices: [{ id: KEY }] });
    const observer = devicesObserver(parts, { emit: 'change' });
    await lookOnce(observer);
    const { Deadline } = await import('../../../client/transport/deadline.js');
    const known = (): Promise<readonly unknown[]> =>
      parts.lists.in('/', { deadline: new Deadline(5_000) });
    assert.equal((await known()).length, 1);
    simulator.add({ id: RELAY });
    await lookOnce(observer);
    assert.equal((await known()).length, 2);
  });
});

describe('watching paths', () => {
  const house = watchedHouses();

  it('a list is due when it differs', async () => {
    const { simulator, parts } = await house({ devices: DEVICES });
    const observer = entriesObserver(parts, { emit: 'change' });
    const due = async (): Promise<boolean> => (await lookOnce(observer, '/', '/settings')).due;
    assert.deepEqual([await due(), await due()], [true, false]);
    simulator.device(KEY).pull();
    assert.deepEqual([await due(), await due()], [true, false]);
    simulator.device(KEY).plug();
    assert.deepEqual([await due(), await due()], [true, false]);
  });

  it('a tree has each path followed by those below it', async () => {
    const { parts } = await house({ devices: DEVICES });
    const [answer] = (await lookOnce(entriesObserver(parts, { depth: 2 }))).answers;
    assert.ok(answer && isAnswered(answer));
    const at = answer.value.indexOf(`/${RELAY}`);
    assert.ok(at >= 0);
    assert.match(answer.value[at + 1] ?? '', new RegExp(`^/${RELAY}/`));
  });
});
