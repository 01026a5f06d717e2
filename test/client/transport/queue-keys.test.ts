import assert from 'node:assert/strict';
import { MESSAGE_LIMIT } from '../../../client/protocol/index.js';
import { Deadline } from '../../../client/transport/deadline.js';
import { resolveOptions } from '../../../client/options.js';
import { Pool } from '../../../client/transport/pool.js';
import type { Job } from '../../../client/transport/ticket.js';
import { answer, type FakeOwserver, type FakeRequest } from '../../support/fake-owserver.js';
import * as wire from '../../support/wire.js';
import { fails, turn, world } from '../support.js';
import { brief, isUncached, isWrite, makeYard } from './yard.js';

const UNCACHED = { source: 'uncached' } as const;
const A = '/bus.0/28.000000000001/temperature';
const B = '/bus.0/28.000000000002/temperature';
const PIN = '/bus.1/29.000000000013/PIO.A';
const LONG_MS = 10_000;
const SHORT_MS = 30;

const of =
  (...paths: string[]) =>
  ({ path }: FakeRequest): boolean =>
    paths.includes(path);

describe('reads of one bus', () => {
  const servers = world();

  it('are sent again when a connection dies, before those that wait behind them', async () => {
    const { busy, held, hold, arrived, release, owserver } = await makeYard(servers, [A, B]);
    hold(isUncached);
    const all = [A, B].map((path) => busy.read(path, UNCACHED));
    await arrived(1);
    held[0]!.connection.reset();
    await owserver.until(() => held.length === 2);
    await release(1);
    await release(2);
    const readings = await Promise.all(all);
    assert.deepEqual(held.map(brief), [A, A, B]);
    assert.deepEqual(
      readings.map(({ attempts }) => attempts),
      [2, 1],
    );
  });

  it('wait within the limit of the queue', async () => {
    const yard = await makeYard(servers, [A, B], { maxQueue: 2 });
    const { busy, owserver, held, hold, release } = yard;
    hold(isUncached);
    const all = [A, B, A].map((path) => busy.read(path, UNCACHED));
    await owserver.until(() => held.length === 1);
    await fails(busy.read(B, UNCACHED), 'EOW_QUEUE_FULL', 'queueFull');
    for (let at = 0; at < all.length; at += 1) await release(at);
    await Promise.all(all);
  });

  it('that fill the queue keep nothing out that can be sent at once', async () => {
    const yard = await makeYard(servers, [A, B, PIN], { maxQueue: 2 });
    const { busy, owserver, held, hold, release } = yard;
    hold(isUncached);
    const all = [A, B, A].map((path) => busy.read(path, UNCACHED));
    await owserver.until(() => held.length === 1);
    const write = await busy.write(PIN, 1).catch((thrown: unknown) => thrown);
    for (let at = 0; at < all.length; at += 1) await release(at);
    await Promise.all(all);
    assert.ok(!(write instanceof Error), String(write));
  });

  it('that wait share one request when they are equal', async () => {
    const { busy, held, hold, arrived, release } = await makeYard(servers, [A, B]);
    hold(isUncached);
    const all = [A, B, B, A, B].map((path) => busy.read(path, UNCACHED));
    await arrived(1);
    for (let at = 0; at < 3; at += 1) await release(at);
    await Promise.all(all);
    assert.deepEqual(held.map(brief), [A, B, A]);
  });

  it('of which one fails let the next one go', async () => {
    const { busy, held, hold, arrived, release } = await makeYard(servers, [A, B]);
    hold(isUncached);
    const first = fails(busy.read(A, UNCACHED), 'EOW_RETURN');
    const second = busy.read(B, UNCACHED);
    await arrived(1);
    held[0]!.reply(wire.errorReply(-5));
    await first;
    await release(1);
    assert.equal((await second).value, 21.5);
  });
});

describe('writes', () => {
  const servers = world();
  const LAMP = '/29.000000000003/PIO.A';
  const PUMP = '/29.000000000004/PIO.A';
  const GATE = '/29.000000000013/PIO.A';
  const SENSORS = ['/28.000000000001/temperature', '/28.000000000002/temperature'];

  it('keep the order of a device also when its bus becomes known between two of them', async () => {
    const { busy, held, hold, arrived, release } = await makeYard(servers, [LAMP]);
    hold(isWrite);
    const all = [busy.write(LAMP, 1)];
    await arrived(1);
    await busy.readAll(SENSORS, UNCACHED);
    all.push(busy.write(LAMP, 0), busy.write(LAMP, 1));
    for (let at = 0; at < all.length; at += 1) {
      await arrived(at + 1);
      await release(at);
      await all[at];
    }
    assert.deepEqual(
      held.map(brief),
      [1, 0, 1].map((value) => `${LAMP}=${value}`),
    );
  });

  it('go out one after another on one bus, and at the same time on two', async () => {
    const yard = await makeYard(servers, [LAMP, PUMP, GATE]);
    const { busy, held, hold, arrived, release } = yard;
    await busy.readAll(SENSORS, UNCACHED);
    hold(isWrite);
    const all = [LAMP, PUMP, GATE].map((path) => busy.write(path, 1));
    await arrived(2);
    assert.deepEqual(held.map(({ path }) => path).sort(), [LAMP, GATE]);
    for (let at = 0; at < all.length; at += 1) await release(at);
    await Promise.all(all);
  });

  it('pass the reads of their bus', async () => {
    const { busy, hold, arrived, release } = await makeYard(servers, [A, B, LAMP]);
    await busy.readAll(SENSORS, UNCACHED);
    hold(isUncached);
    const reads = [A, B, A].map((path) => busy.read(path, UNCACHED));
    await arrived(1);
    await busy.write(LAMP, 1);
    await busy.write(`/bus.0${LAMP}`, 0);
    await arrived(1);
    for (let at = 0; at < reads.length; at += 1) await release(at);
    await Promise.all(reads);
  });

  it('hold back the reads of their bus while they are under way, and no others', async () => {
    const ids = ['28.000000000001', '28.000000000002', '28.000000000011'];
    const sensors = ids.map((id) => `/${id}/temperature`);
    const { busy, held, hold, arrived, release } = await makeYard(servers, [LAMP, ...sensors]);
    await busy.readAll(sensors, UNCACHED);
    hold((request) => isWrite(request) || isUncached(request));
    const write = busy.write(LAMP, 1);
    await arrived(1);
    const reads = sensors.map((path) => busy.read(path, UNCACHED));
    await arrived(2);
    assert.match(held[1]!.path, /28\.000000000011/);
    await release(1);
    await release(0);
    await write;
    for (let at = 2; at < 4; at += 1) await release(at);
    await Promise.all(reads);
  });

  it('let a read of their bus through after 16 of them', async () => {
    const { busy, held, hold, arrived, release } = await makeYard(servers, [LAMP, ...SENSORS]);
    await busy.readAll(SENSORS, UNCACHED);
    hold((request) => isWrite(request) || isUncached(request));
    const writes = Array.from({ length: 40 }, (_, at) => busy.write(LAMP, at % 2));
    await arrived(1);
    const read = busy.read(SENSORS[0]!, UNCACHED);
    for (let at = 0; at <= writes.length; at += 1) await release(at);
    await Promise.all([...writes, read]);
    const at = held.findIndex((request) => isUncached(request));
    assert.ok(at >= 1 && at <= 17, `after ${at}`);
  });

  /** An owserver whose connections die under the first writes. */
  async function deadly(deaths: number): Promise<FakeOwserver> {
    let left = deaths;
    const owserver = await servers.server((request) => {
      if (request.type === 6 && request.path === '/bus.1') request.reply(wire.errorReply(-1));
      else if (request.type !== 3 || left === 0) answer(request);
      else {
        left -= 1;
        request.connection.end();
      }
    });
    return owserver;
  }
  const commands = ({ requests }: FakeOwserver): string[] => requests.filter(isWrite).map(brief);
  const COMMAND = '/simultaneous/temperature';

  it('that do no harm twice are sent again once, on a fresh connection', async () => {
    const owserver = await deadly(1);
    await servers.client(owserver).convert();
    assert.deepEqual(commands(owserver), [`${COMMAND}=1`, `${COMMAND}=1`]);
    const [first, second] = owserver.requests.filter(isWrite);
    assert.notEqual(first?.connection, second?.connection);
  });

  it('that do no harm twice fail when that dies too', async () => {
    const owserver = await deadly(2);
    await fails(servers.client(owserver).convert(), 'EOW_CLOSED', 'closedByServer');
    assert.equal(commands(owserver).length, 2);
  });

  it('of all other kinds are sent once, and said to be uncertain', async () => {
    const owserver = await deadly(Infinity);
    const busy = servers.client(owserver);
    await fails(busy.write(COMMAND, 1), 'EOW_UNCERTAIN');
    await fails(busy.write(LAMP, 1), 'EOW_UNCERTAIN');
    await fails(
      busy.message({ type: 'write', path: COMMAND, data: Buffer.from('1') }),
      'EOW_UNCERTAIN',
    );
    assert.deepEqual(commands(owserver), [`${COMMAND}=1`, `${LAMP}=1`, `${COMMAND}=1`]);
  });
});

describe('a request that everybody gave up', () => {
  const servers = world();
  const open: Pool[] = [];
  afterEach(() => open.splice(0).forEach((pool) => pool.close()));

  async function pooled(more = {}): Promise<{ owserver: FakeOwserver; pool: Pool }> {
    const owserver = await servers.server();
    const settings = { host: '127.0.0.1', port: owserver.port, ...more };
    const nothing = (): void => undefined;
    const pool = new Pool(resolveOptions(settings), {
      onDial: nothing,
      onUp: nothing,
      onDown: nothing,
      onGivenUp: nothing,
    });
    open.push(pool);
    return { owserver, pool };
  }

  const KEY = 'bus 0';
  const job = (path: string, serialKey: string | undefined): Job => {
    const bytes = Buffer.from(`${path}\0`);
    const head = wire.header(0, bytes.length, 2, wire.GRANTED, 10, 0);
    return {
      verb: 'read',
      priority: serialKey === undefined ? 'read' : 'bus',
      path,
      frame: Buffer.concat([head, bytes]),
      joinKey: path,
      serialKey,
      yieldsTo: undefined,
      streams: false,
      limit: MESSAGE_LIMIT,
      check: () => undefined,
    };
  };
  const arrival = async (owserver: FakeOwserver, path: string): Promise<FakeRequest> => {
    await owserver.until(() => owserver.requests.some(of(path)));
    return owserver.requests.find(of(path))!;
  };

  it('lets the next one of its bus go when it was under way', async () => {
    const { owserver, pool } = await pooled();
    const hasty = pool.run(job('/first', KEY), new Deadline(SHORT_MS));
    const patient = pool.run(job('/second', KEY), new Deadline(LONG_MS));
    await fails(hasty, 'EOW_TIMEOUT', 'deadline');
    answer(await arrival(owserver, '/second'));
    assert.equal((await patient).attempts, 1);
  });

  it('lets the next one of its bus go when it waited for a connection', async () => {
    const { owserver, pool } = await pooled({ connections: 1 });
    const busy = pool.run(job('/busy', undefined), new Deadline(LONG_MS));
    const request = await arrival(owserver, '/busy');
    const hasty = pool.run(job('/first', KEY), new Deadline(SHORT_MS));
    const patient = pool.run(job('/second', KEY), new Deadline(LONG_MS));
    await fails(hasty, 'EOW_TIMEOUT', 'deadline');
    answer(request);
    answer(await arrival(owserver, '/second'));
    await Promise.all([busy, patient]);
    assert.ok(!owserver.requests.some(of('/first')));
  });

  it('is never sent when it waited behind another, and nobody joins it', async () => {
    const { owserver, pool } = await pooled();
    const first = pool.run(job('/first', KEY), new Deadline(LONG_MS));
    const request = await arrival(owserver, '/first');
    await fails(pool.run(job('/second', KEY), new Deadline(SHORT_MS)), 'EOW_TIMEOUT', 'deadline');
    const third = pool.run(job('/third', KEY), new Deadline(LONG_MS));
    const again = pool.run(job('/second', KEY), new Deadline(LONG_MS));
    answer(request);
    answer(await arrival(owserver, '/third'));
    answer(await arrival(owserver, '/second'));
    await Promise.all([first, third, again]);
    assert.deepEqual(
      owserver.requests.map(({ path }) => path),
      ['/first', '/third', '/second'],
    );
  });

  it('makes room in the queue', async () => {
    const { owserver, pool } = await pooled({ maxQueue: 3 });
    const first = pool.run(job('/first', KEY), new Deadline(LONG_MS));
    const request = await arrival(owserver, '/first');
    for (let round = 0; round < 3; round += 1) {
      const hasty = ['/second', '/second', '/third'].map((path) =>
        fails(pool.run(job(path, KEY), new Deadline(SHORT_MS)), 'EOW_TIMEOUT', 'deadline'),
      );
      await Promise.all(hasty);
    }
    answer(request);
    await first;
    assert.equal(owserver.requests.length, 1);
  });
});

describe('closing the client', () => {
  const servers = world();

  it('ends all that waits behind another on its bus or device, and sends none of it', async () => {
    const { busy, held, hold, arrived, owserver } = await makeYard(servers, [A, B]);
    const pin = '/29.000000000003/PIO.A';
    await busy.write(pin, 0);
    hold((request) => isUncached(request) || isWrite(request));
    const reads = [A, B, A, B].map((path) => fails(busy.read(path, UNCACHED), 'EOW_CLOSED'));
    const sent = fails(busy.write(pin, 1), 'EOW_UNCERTAIN');
    const behind = [0, 1].map((value) => fails(busy.write(pin, value), 'EOW_CLOSED'));
    await arrived(2);
    const before = owserver.requests.length;
    busy.close();
    await Promise.all([...reads, sent, ...behind]);
    await owserver.until(() => owserver.open === 0);
    await turn();
    assert.equal(owserver.requests.length, before);
    assert.equal(held.length, 2);
  });
});
