import assert from 'node:assert/strict';
import { OwError, type OwserverClient, type ReadOptions } from '../../../client/index.js';
import { resolveOptions } from '../../../client/options.js';
import { Deadline } from '../../../client/transport/deadline.js';
import { Pool } from '../../../client/transport/pool.js';
import { LostDevices } from '../../../client/verbs/lost-devices.js';
import { wire, type Parts } from '../../../client/wiring.js';
import type { Simulator } from '../../../simulator/index.js';
import { byPath, houses } from '../simulated.js';
import { fails, watch, wholeSentence } from '../support.js';

const DEVICES = [
  { id: '28.000000000001', alias: 'attic', values: { temperature: 1 } },
  { id: '28.000000000002', values: { temperature: 2 } },
];
const GONE = '/28.000000000001/temperature';
const HERE = '/28.000000000002/temperature';
const UNCACHED: ReadOptions = { source: 'uncached' };

/** The requests that name a device, from now on. */
function requestsTo(simulator: Simulator, id = '000000000001'): () => string[] {
  const from = simulator.requests.length;
  return () =>
    simulator.requests
      .slice(from)
      .map(({ type, path }) => `${type} ${path}`)
      .filter((request) => request.includes(id));
}

describe('a device that was missed in a list', () => {
  const house = houses();

  async function lost(client: OwserverClient, simulator: Simulator): Promise<void> {
    simulator.device('28.000000000001').pull();
    const [gone, here] = await client.readAll([GONE, HERE], UNCACHED);
    assert.ok(gone && here && 'error' in gone && !('error' in here));
    assert.equal(gone.error.id, 'deviceLost');
    wholeSentence(gone.error);
  }

  const sources = ['cached', 'uncached', 'convert'] as const;
  for (const source of sources) {
    it(`costs no request in the next list: ${source}`, async () => {
      const { client, simulator } = await house({ devices: DEVICES });
      await lost(client, simulator);
      const asked = requestsTo(simulator);
      const values = byPath(await client.readAll([GONE, HERE], { source }));
      assert.deepEqual(values, { [GONE]: 'EOW_ABSENT', [HERE]: 2 });
      assert.deepEqual(asked(), []);
    });
  }

  it('is the same by whatever name', async () => {
    const { client, simulator } = await house({ devices: DEVICES });
    await client.read('/attic/temperature');
    await lost(client, simulator);
    const asked = requestsTo(simulator);
    const spelled = [
      '/attic/temperature',
      '/28000000000001/temperature',
      '28.000000000001/temphigh',
      '/uncached/28.000000000001/temperature',
      '/bus.0/28.000000000001/temperature',
      '/uncached/bus.0/28-010000000000/temperature',
    ];
    const results = await client.readAll(spelled, UNCACHED);
    for (const one of results) {
      assert.ok('error' in one);
      assert.deepEqual([one.path, one.error.id].slice(1), ['deviceLost'], one.path);
    }
    assert.deepEqual(asked(), []);
  });

  it('is read all the same when somebody asks for it alone, and is there again when that succeeds', async () => {
    const { client, simulator } = await house({ devices: DEVICES });
    await lost(client, simulator);
    await fails(client.read(GONE, UNCACHED), 'EOW_ABSENT', 'absent');
    simulator.device('28.000000000001').plug();
    assert.equal((await client.read(GONE, UNCACHED)).value, 1);
    assert.deepEqual(byPath(await client.readAll([GONE, HERE])), { [GONE]: 1, [HERE]: 2 });
  });

  it('is read again after the connection was lost, and after another was asked for', async () => {
    const { client, simulator } = await house({ devices: DEVICES });
    await lost(client, simulator);
    simulator.device('28.000000000001').plug();
    const down = watch(client).next('disconnected');
    simulator.dropConnections();
    await down;
    assert.deepEqual(byPath(await client.readAll([GONE])), { [GONE]: 1 });
    await lost(client, simulator);
    simulator.device('28.000000000001').plug();
    client.disconnect();
    await client.connect();
    assert.deepEqual(byPath(await client.readAll([GONE])), { [GONE]: 1 });
  });
});

describe('a read of a list that fails', () => {
  const house = houses();

  it('of a device that is there loses nothing, and costs one look in 30 s', async () => {
    const { client, simulator } = await house({ devices: DEVICES });
    const asked = requestsTo(simulator, '1/present');
    const wrong = '/28.000000000001/nothing';
    for (let round = 0; round < 3; round += 1) {
      const [failed, read] = await client.readAll([wrong, GONE], UNCACHED);
      assert.ok(failed && 'error' in failed && read && !('error' in read));
      assert.equal(failed.error.id, 'absent');
    }
    assert.equal(asked().length, 1);
  });

  it('with any other answer of owserver loses a device that is not there', async () => {
    const { client, simulator } = await house({ devices: DEVICES });
    simulator.device('28.000000000001').pull();
    simulator.addFault({ path: GONE, type: 'read', then: { ret: -22 } });
    const [first] = await client.readAll([GONE], UNCACHED);
    assert.ok(first && 'error' in first);
    assert.deepEqual([first.error.id, first.error.code], ['deviceLost', 'EOW_ABSENT']);
    const { cause } = first.error;
    assert.ok(cause instanceof OwError && cause.ret === -22);
  });

  it('loses nothing when the bus does not tell, which is asked once in 30 s', async () => {
    const { client, simulator } = await house({ devices: DEVICES });
    simulator.device('28.000000000001').pull();
    simulator.addFault({ path: '/28.000000000001/present', times: 9, then: { ret: -5 } });
    const asked = requestsTo(simulator);
    for (let round = 0; round < 2; round += 1) {
      const [failed] = await client.readAll([GONE], UNCACHED);
      assert.ok(failed && 'error' in failed);
      assert.equal(failed.error.id, 'absent');
    }
    assert.equal(asked().filter((request) => request.endsWith('present')).length, 1);
  });

  it('for want of an answer loses nothing, and looks for nothing', async () => {
    const { client, simulator } = await house({ devices: DEVICES });
    await client.readAll([GONE]);
    simulator.addFault({ path: GONE, type: 'read', then: 'hold' });
    const asked = requestsTo(simulator, 'present');
    const [late] = await client.readAll([GONE], { ...UNCACHED, timeoutMs: 50 });
    assert.ok(late && 'error' in late && late.error.code === 'EOW_TIMEOUT');
    simulator.release();
    assert.deepEqual(byPath(await client.readAll([GONE], UNCACHED)), { [GONE]: 1 });
    assert.deepEqual(asked(), []);
  });
});

describe('the search for lost devices', () => {
  const house = houses();
  const EVERY_MS = 60;
  const closing: (() => void)[] = [];
  afterEach(() => closing.splice(0).forEach((close) => close()));

  interface Searched {
    readonly lost: LostDevices;
    readonly parts: Parts;
    readonly simulator: Simulator;
    /** Reads a path as lists do; the id of what is wrong, if anything is. */
    readonly read: (path: string) => Promise<string | undefined>;
  }

  async function searched(everyMs = EVERY_MS): Promise<Searched> {
    const { simulator } = await house({ devices: DEVICES });
    const options = resolveOptions({ host: simulator.host, port: simulator.port });
    const quiet = (): void => undefined;
    const listener = { onDial: quiet, onUp: quiet, onDown: quiet, onGivenUp: quiet };
    const pool = new Pool(options, listener);
    const { parts } = wire(pool, options);
    const lost = new LostDevices({ ...parts, options, everyMs });
    closing.push(() => {
      lost.forget();
      pool.close();
    });
    const read = async (path: string): Promise<string | undefined> => {
      const patience = { deadline: new Deadline(5_000) };
      try {
        await lost.guard(path, patience, () => parts.reader.read(path, UNCACHED, patience));
        return undefined;
      } catch (thrown) {
        return thrown instanceof OwError ? thrown.id : 'none';
      }
    };
    return { lost, parts, simulator, read };
  }

  const isLook = ({ path }: { path: string }): boolean => path.endsWith('1/present');

  it('finds one that is back, says so once, and lets it be read', async () => {
    const { lost, simulator, read } = await searched();
    const found: string[] = [];
    const first = new Promise<string>((resolve) => lost.onFound(resolve));
    lost.onFound((id) => void found.push(id));
    simulator.device('28.000000000001').pull();
    assert.equal(await read(GONE), 'deviceLost');
    simulator.device('28.000000000001').plug();
    assert.equal(await first, '28.000000000001');
    assert.equal(await read(GONE), undefined);
    assert.deepEqual(found, ['28.000000000001']);
  });

  it('is not ended by what owserver may have known by heart', async () => {
    const { lost, parts, simulator, read } = await searched(60_000);
    const patience = { deadline: new Deadline(5_000) };
    const reading = await parts.reader.read(GONE, UNCACHED, patience);
    const family = await parts.reader.read('/28.000000000001/family', UNCACHED, patience);
    simulator.device('28.000000000001').pull();
    assert.equal(await read(GONE), 'deviceLost');
    const asked = requestsTo(simulator);
    await lost.heard(GONE, Promise.resolve({ ...reading, cached: true }));
    await lost.heard(family.path, Promise.resolve({ ...family, cached: false }));
    assert.equal(await read(GONE), 'deviceLost');
    assert.deepEqual(asked(), []);
    await lost.heard(GONE, Promise.resolve(reading));
    await read(GONE);
    assert.deepEqual(asked().slice(0, 1), [`read ${GONE}`]);
  });

  it('looks again and again, and never twice in one period, whatever is read meanwhile', async () => {
    const { simulator, read } = await searched();
    simulator.device('28.000000000001').pull();
    assert.equal(await read(GONE), 'deviceLost');
    const times = [performance.now()];
    for (let look = 0; look < 4; look += 1) {
      const after = simulator.requests.at(-1)?.number ?? 0;
      const next = simulator.waitFor((request) => request.number > after && isLook(request));
      assert.equal(await read(GONE), 'deviceLost');
      assert.equal(await read('/28.000000000001/temphigh'), 'deviceLost');
      await next;
      times.push(performance.now());
    }
    // From the moment in which each was seen to have been sent.
    times.slice(2).forEach((time, at) => {
      assert.ok(time - (times[at + 1] ?? 0) > EVERY_MS * 0.8, times.join());
    });
  });

  it('makes the list of devices be searched for when one is lost, and when it is found', async () => {
    const { lost, parts, simulator, read } = await searched();
    const patience = { deadline: new Deadline(5_000) };
    const listed = async (): Promise<number> => (await parts.lists.in('/', patience)).length;
    assert.equal(await listed(), 2);
    const found = new Promise((resolve) => lost.onFound(resolve));
    simulator.device('28.000000000001').pull();
    await read(GONE);
    while ((await listed()) !== 1) await read(HERE);
    simulator.device('28.000000000001').plug();
    await found;
    while ((await listed()) !== 2) await read(HERE);
  });

  it('ends when all is forgotten', async () => {
    const { lost, simulator, read } = await searched();
    simulator.device('28.000000000001').pull();
    assert.equal(await read(GONE), 'deviceLost');
    lost.forget();
    const looks = simulator.requests.filter(isLook).length;
    await new Promise((resolve) => setTimeout(resolve, 3 * EVERY_MS));
    assert.equal(simulator.requests.filter(isLook).length, looks);
    assert.equal(await read(GONE), 'deviceLost');
    assert.equal(simulator.requests.filter(isLook).length, looks + 1);
  });

  it('goes on for an hour after somebody asked, and longer while somebody listens', async () => {
    const clock = performance.now.bind(performance);
    let ahead = 0;
    performance.now = () => clock() + ahead;
    try {
      const { lost, simulator, read } = await searched();
      simulator.device('28.000000000001').pull();
      assert.equal(await read(GONE), 'deviceLost');
      const stop = lost.onFound(() => undefined);
      ahead = 3_700_000;
      await simulator.waitFor(isLook);
      const seen = simulator.requests.filter(isLook).length;
      await simulator.waitFor(() => simulator.requests.filter(isLook).length > seen);
      stop();
      await new Promise((resolve) => setTimeout(resolve, 3 * EVERY_MS));
      const asked = requestsTo(simulator, GONE);
      await read(GONE);
      assert.equal(asked().length, 1, 'it counts no longer as lost');
    } finally {
      performance.now = clock;
    }
  });

  it('is made for a thousand devices at most', async () => {
    const { simulator, read } = await searched(60_000);
    const gone = (n: number): string =>
      `/28.${n.toString(16).padStart(12, '0').toUpperCase()}/temperature`;
    for (let n = 10; n < 1_011; n += 1) assert.equal(await read(gone(n)), 'deviceLost');
    const { number } = simulator.requests.at(-1)!;
    await read(gone(11));
    await read(gone(1_010));
    assert.equal(simulator.requests.at(-1)?.number, number);
    await read(gone(10));
    assert.ok((simulator.requests.at(-1)?.number ?? 0) > number);
  });
});
