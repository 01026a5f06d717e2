import assert from 'node:assert/strict';
import { OwserverClient } from '../../client/index.js';
import { startSimulator } from '../../simulator/index.js';
import { need } from '../support/need.js';
import { startOwserver } from '../support/owserver.js';
import { startCounter, type Counter } from './counter.js';
import { listOneByOne } from './walks.js';

const FAMILIES = ['28', '29', '3A', '10', '01'];
const EACH = 13;
const DEVICES = FAMILIES.length * EACH;

interface Server {
  readonly port: number;
  stop: () => Promise<unknown>;
}

async function simulated(): Promise<Server> {
  const devices = Array.from({ length: DEVICES }, (_, at) => ({
    id: `${FAMILIES[at % FAMILIES.length] ?? ''}.${String(at).padStart(12, '0')}`,
  }));
  const simulator = await startSimulator({ devices, conversionMs: 0 });
  return { port: simulator.port, stop: () => simulator.close() };
}

/** Family codes alone: owserver makes ids of them, and does not survive many whole ones. */
async function real(adapter: string): Promise<Server> {
  const families = Array.from({ length: DEVICES }, (_, at) => FAMILIES[at % FAMILIES.length] ?? '');
  const owserver = await startOwserver({ args: [`--${adapter}=${families.join(',')}`] });
  return { port: owserver.port, stop: () => owserver.stop() };
}

function promises(start: () => Promise<Server>): void {
  let server: Server;
  let counter: Counter;
  let client: OwserverClient;
  /** Asks in the long way, past the counter; it has more waiting at once than is usual. */
  let other: OwserverClient;
  before(async () => {
    server = await start();
  });
  beforeEach(async () => {
    counter = await startCounter(server.port);
    client = new OwserverClient({ host: '127.0.0.1', port: counter.port });
    other = new OwserverClient({ host: '127.0.0.1', port: server.port, maxQueue: 10_000 });
  });
  afterEach(async () => {
    client.close();
    other.close();
    await counter.close();
  });
  after(() => server.stop());

  it('lists all that is below the top with no more requests than devices, families and two', async () => {
    const paths = await client.dir('/', { depth: 10 });
    const { count } = counter;
    assert.ok(count <= DEVICES + FAMILIES.length + 2, `${count} requests`);
    assert.equal(paths.filter((path) => path.split('/').length === 2).length, DEVICES);
    assert.deepEqual(paths, await listOneByOne(other, '/', 10));
  });

  it('lists it again with as few', async () => {
    const paths = await client.dir('/', { depth: 10 });
    const before = counter.count;
    assert.deepEqual(await client.dir('/', { depth: 10 }), paths);
    assert.ok(counter.count - before <= DEVICES + FAMILIES.length + 2);
  });

  for (const depth of [1, 2, 3]) {
    it(`lists to a depth of ${depth} with no more`, async () => {
      const paths = await client.dir('/', { depth });
      const { count } = counter;
      assert.ok(count <= (depth === 1 ? 1 : DEVICES + FAMILIES.length + 2), `${count} requests`);
      assert.deepEqual(paths, await listOneByOne(other, '/', depth));
    });
  }

  it('reads a property of all devices with little more than a request for each', async () => {
    assert.equal((await client.readAll('*/type')).length, DEVICES);
    const before = counter.count;
    for (let round = 0; round < 2; round += 1)
      assert.equal((await client.readAll('28.*/temperature')).length, EACH);
    const asked = counter.count - before;
    assert.ok(asked <= 3 * EACH, `${asked} requests`);
  });
}

describe(`a listing of ${DEVICES} devices`, () => {
  describe('of the simulator', () => promises(simulated));
  describe('of the real owserver', () => {
    need('owserver');
    for (const adapter of ['fake', 'tester', 'mock'])
      describe(`--${adapter}`, () => promises(() => real(adapter)));
  });
});

describe('a listing that is larger than other messages', () => {
  need('owserver');
  let server: Server;
  before(async () => {
    const owserver = await startOwserver({ args: ['--fake=21'] });
    server = { port: owserver.port, stop: () => owserver.stop() };
  });
  after(() => server.stop());

  it('is had of the real owserver, and no state changes: the log of a DS1921', async () => {
    const client = new OwserverClient({ host: '127.0.0.1', port: server.port });
    await client.connect();
    const states: string[] = [];
    client.onStatus(({ type }) => states.push(type));
    const [device] = await client.devices();
    const log = `${device?.path ?? ''}/log`;
    const names = await client.dir(log);
    assert.ok(names.length > 6_000, `${names.length} names`);
    assert.ok(names.join().length > 200_000, `${names.join().length} characters`);
    const [entry] = (await client.browse(log)).filter(({ path }) => path.endsWith('date.0'));
    assert.equal(entry?.property?.kind, 'date');
    assert.deepEqual(states, []);
    client.close();
  });
});
