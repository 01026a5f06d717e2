import assert from 'node:assert/strict';
import { request } from '../../support/raw-client.js';
import { bench, closeAll, T } from '../world.js';

const SENSOR = '28.021000000000';
const devices = [{ id: SENSOR, values: { temperature: 21.5 } }, { id: '3A.025000000000' }];

describe('the simulated owserver speaks the protocol', () => {
  afterEach(closeAll);

  it('answers a read with payload, size and return value all the length of the value', async () => {
    const { client } = await bench({ devices });
    const { words, text } = await client.ask(T.read, `/${SENSOR}/temperature`);
    assert.deepEqual(words, [0, 12, 12, 0x104, 12, 0]);
    assert.equal(text, '        21.5');
  });

  it('answers a write with the accepted size and no payload', async () => {
    const { client } = await bench({ devices });
    const { words } = await client.ask(T.write, '/3A.025000000000/PIO.A', {
      data: Buffer.from('1'),
    });
    assert.deepEqual(words, [0, 0, 0, 0x104, 1, 0]);
  });

  it('answers DIRALL in one frame whose closing NUL counts in the payload only', async () => {
    const { client } = await bench({ devices });
    const { words, text } = await client.ask(T.dirall, '/');
    assert.deepEqual(words, [0, 34, 0, 0x104, 33, 0x8007]);
    assert.equal(text, `/${SENSOR},/3A.025000000000\0`);
  });

  it('answers DIR with a frame for each entry and an empty one at the end', async () => {
    const { client } = await bench({ devices });
    const first = await client.ask(T.dir, '/');
    const [second, last] = [await client.frame(), await client.frame()];
    assert.deepEqual(
      [first.text, second?.text, last?.text],
      [`/${SENSOR}\0`, '/3A.025000000000\0', ''],
    );
    assert.deepEqual(last?.words, [0, 0, 0, 0x104, 0, 0x8007]);
  });

  it('answers an empty directory with nothing and no error', async () => {
    const { client } = await bench({ devices });
    assert.deepEqual((await client.ask(T.dirall, '/alarm')).words, [0, 0, 0, 0x104, 0, 0]);
  });

  it('answers PRESENCE with the eight bytes of the serial, zeros for what is no device, -1 for nothing', async () => {
    const { client } = await bench({ devices });
    const there = await client.ask(T.presence, `/${SENSOR}`);
    assert.deepEqual(there.words, [0, 8, 0, 0x104, 0, 0]);
    assert.equal(there.payload.toString('hex').slice(0, 14), '28021000000000');
    assert.deepEqual((await client.ask(T.presence, '/settings')).payload, Buffer.alloc(8));
    assert.deepEqual(
      (await client.ask(T.presence, '/28.999999999999')).words,
      [0, 0, -1, 0x104, 0, 0],
    );
  });

  it('answers GET with a value or a listing, whatever the path is', async () => {
    const { client } = await bench({ devices });
    assert.equal((await client.ask(T.get, `/${SENSOR}/type`)).text, 'DS18B20');
    assert.equal((await client.ask(T.getslash, '/')).text, `/${SENSOR}/,/3A.025000000000/\0`);
  });

  it('refuses unknown types with -42, empty payloads with -74 and impossible sizes with -90', async () => {
    const { client } = await bench({ devices });
    assert.equal((await client.ask(5, '/')).words[2], -42);
    assert.equal((await client.ask(T.read, `/${SENSOR}/type`, { size: 0 })).words[2], -90);
    assert.equal((await client.ask(T.read, `/${SENSOR}/type`, { size: 100_051 })).words[2], -90);
    const empty = Buffer.alloc(24);
    empty.writeInt32BE(T.read, 8);
    client.socket.write(empty);
    assert.equal((await client.frame())?.words[2], -74);
  });

  it('closes without a word when a write says it is longer than it is', async () => {
    const { client } = await bench({ devices });
    const bytes = request(T.write, '/x', { data: Buffer.from('1') });
    bytes.writeInt32BE(8192, 16);
    client.socket.write(bytes);
    assert.equal(await client.frame(), undefined);
  });

  it('keeps a connection that asks for it, and ends the others after their reply', async () => {
    const { client, connect } = await bench({ devices });
    assert.equal((await client.ask(T.nop, '')).words[3], 0x104);
    assert.equal((await client.ask(T.nop, '')).words[3], 0x104);
    const other = connect();
    assert.equal((await other.ask(T.nop, '', { flags: 0x100 })).words[3], 0x100);
    await other.closed;
  });

  it('grants no more than maxPersistent connections, and grants again when one has gone', async () => {
    const { simulator, client, connect } = await bench({ devices, maxPersistent: 1 });
    await client.ask(T.nop, '');
    const denied = connect();
    assert.equal((await denied.ask(T.nop, '')).words[3], 0x100);
    await denied.closed;
    client.socket.destroy();
    await simulator.waitForConnections(0);
    assert.equal((await connect().ask(T.nop, '')).words[3], 0x104);
  });

  it('answers a client that has closed its half of the connection', async () => {
    const { client } = await bench({ devices });
    client.socket.end(request(T.read, `/${SENSOR}/type`));
    assert.equal((await client.frame())?.text, 'DS18B20');
    await client.closed;
  });

  it('answers requests that come together one after another', async () => {
    const { client } = await bench({ devices });
    client.socket.write(
      Buffer.concat([request(T.read, `/${SENSOR}/type`), request(T.read, `/${SENSOR}/family`)]),
    );
    assert.deepEqual(
      [(await client.frame())?.text, (await client.frame())?.text],
      ['DS18B20', '28'],
    );
  });

  it('serves other connections while one waits', async () => {
    const { simulator, client, connect } = await bench({
      devices,
      faults: [{ path: '/alarm', then: 'hold' }],
    });
    client.send(T.dirall, '/alarm');
    await simulator.waitFor(({ path }) => path === '/alarm');
    assert.equal((await connect().ask(T.read, `/${SENSOR}/type`)).text, 'DS18B20');
    simulator.release();
    assert.equal((await client.frame())?.words[2], 0);
  });

  it('has the switches of owserver', async () => {
    const { client } = await bench({
      devices,
      switches: { noDirall: true, noGet: true, readonly: true },
    });
    assert.equal((await client.ask(T.dirall, '/')).words[2], -42);
    assert.equal((await client.ask(T.get, '/')).words[2], -42);
    const write = await client.ask(T.write, '/3A.025000000000/PIO.A', { data: Buffer.from('1') });
    assert.equal(write.words[2], -30);
    const crazy = await bench({ devices, switches: { pingcrazy: true, noPersistence: true } });
    assert.deepEqual((await crazy.client.ask(T.nop, '')).words, [0, -1, 0, 0, 0, 0]);
    assert.deepEqual((await crazy.client.frame())?.words, [0, 0, 0, 0x100, 0, 0]);
    await crazy.client.closed;
  });

  it('ends a connection that says nothing', async () => {
    const { client } = await bench({ devices, serverTimeoutMs: 20 });
    assert.equal(await client.frame(), undefined);
  });
});
