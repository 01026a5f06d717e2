import assert from 'node:assert/strict';
import { bench, closeAll, T } from '../world.js';

const devices = [{ id: '28.021000000000', values: { temperature: 21.5 } }];
const KEEP_ALIVE = [0, -1, 0, 0, 0, 0];

describe('the simulated owserver can fail on purpose', () => {
  afterEach(closeAll);

  it('fails the request with the given number, as often as it is told', async () => {
    const { read } = await bench({ devices, faults: [{ request: 2, then: { ret: -5 } }] });
    assert.deepEqual(
      [await read('/system/configuration/version'), await read('/28.021000000000/type')],
      ['3.2p4', '-5'],
    );
    assert.equal(await read('/28.021000000000/type'), 'DS18B20');
  });

  it('fails requests by path, type or any other sign, until it is told to stop', async () => {
    const { simulator, client, read } = await bench({ devices });
    simulator.addFault({ path: /temp/, type: 'read', times: Infinity, then: { ret: -22 } });
    assert.deepEqual(
      [await read('/28.021000000000/temperature'), await read('/28.021000000000/templow')],
      ['-22', '-22'],
    );
    simulator.clearFaults();
    simulator.addFault({ when: ({ flags }) => (flags & 0x20) !== 0, then: { ret: -5 } });
    assert.equal(
      (await client.ask(T.read, '/28.021000000000/type', { flags: 0x124 })).words[2],
      -5,
    );
  });

  it('sends keep-alives while an answer is held back, and the answer when it is released', async () => {
    const { simulator, client } = await bench({
      devices,
      keepAliveMs: 5,
      faults: [{ then: 'hold' }],
    });
    client.send(T.nop, '');
    assert.deepEqual(
      [(await client.frame())?.words, (await client.frame())?.words],
      [KEEP_ALIVE, KEEP_ALIVE],
    );
    assert.equal(simulator.held, 1);
    simulator.release();
    for (;;) {
      const frame = await client.frame();
      if (frame?.words[1] === 0) return;
      assert.deepEqual(frame?.words, KEEP_ALIVE);
    }
  });

  it('sends as many keep-alives before an answer as it is told', async () => {
    const { client } = await bench({ devices, faults: [{ then: { keepAlives: 2 } }] });
    const frames = [await client.ask(T.nop, ''), await client.frame(), await client.frame()];
    assert.deepEqual(
      frames.map((frame) => frame?.words[1]),
      [-1, -1, 0],
    );
  });

  it('ends a connection before the answer, gently or hard', async () => {
    for (const then of ['close', 'reset'] as const) {
      const { client, connect } = await bench({ devices, faults: [{ then }] });
      client.send(T.nop, '');
      assert.equal(await client.frame(), undefined);
      assert.equal((await connect().ask(T.nop, '')).words[2], 0);
    }
  });

  it('sends half an answer and ends', async () => {
    const { client } = await bench({ devices, faults: [{ then: 'half-close' }] });
    client.send(T.read, '/28.021000000000/temperature');
    assert.equal(await client.frame(), undefined);
    assert.equal(client.rest.length, 18);
  });

  it('sends an answer byte by byte, twice, or other bytes', async () => {
    const raw = Buffer.alloc(24);
    raw.writeInt32BE(7, 20);
    const faults = [{ then: ['twice', 'split'] as const }, { then: { bytes: raw } }];
    const { client, simulator } = await bench({ devices, faults });
    const first = await client.ask(T.read, '/28.021000000000/type');
    assert.deepEqual([first.text, (await client.frame())?.text], ['DS18B20', 'DS18B20']);
    assert.deepEqual((await client.ask(T.nop, '')).words, [0, 0, 0, 0, 0, 7]);
    assert.deepEqual(
      simulator.requests.map(({ number, type, connection }) => ({ number, type, connection })),
      [
        { number: 1, type: 'read', connection: 1 },
        { number: 2, type: 'nop', connection: 1 },
      ],
    );
  });

  it('ends while answers hang, are held or are delayed', async () => {
    const faults = (['hang', 'hold', 'half', { delayMs: 60_000 }] as const).map((then) => ({
      then,
    }));
    const { simulator, client, connect } = await bench({ devices, faults });
    for (const one of [client, connect(), connect(), connect()]) one.send(T.nop, '');
    await simulator.waitFor(({ number }) => number === 4);
    await simulator.close();
    assert.equal(simulator.connections, 0);
    await client.closed;
  });
});
