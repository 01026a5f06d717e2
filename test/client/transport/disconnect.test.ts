import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { answer } from '../../support/fake-owserver.js';
import { fails, failsAlone, PLAIN, turn, watch, wholeSentence, world } from '../support.js';

const QUICK = { reconnectMinMs: 1, reconnectMaxMs: 4, pingAfterMs: 20 };

describe('disconnect()', () => {
  const { server, client } = world();

  it('ends what is under way and what waits, at once', async () => {
    const owserver = await server();
    const busy = client(owserver, { connections: 2 });
    const sent = [busy.read('/system/a'), busy.write('/system/b', 1)];
    await owserver.request(1);
    const waiting = [
      busy.read('/system/c'),
      busy.write('/system/d', 1),
      busy.write('/system/b', 0),
    ];
    await turn();
    busy.disconnect();
    wholeSentence(await fails(sent[0]!, 'EOW_CLOSED', 'disconnected'));
    wholeSentence(await fails(sent[1]!, 'EOW_UNCERTAIN', 'uncertain'));
    for (const one of waiting) wholeSentence(await fails(one, 'EOW_CLOSED', 'disconnected'));
    await owserver.until(() => owserver.open === 0);
    assert.equal(owserver.requests.length, 2);
    assert.equal(busy.connections, 0);
  });

  it('is what everything fails with until connect(), and nothing is sent', async () => {
    const owserver = await server(answer);
    const busy = client(owserver, QUICK);
    await busy.connect();
    busy.disconnect();
    await owserver.until(() => owserver.open === 0);
    const before = owserver.requests.length;
    await fails(busy.read(PLAIN), 'EOW_CLOSED', 'disconnected');
    await fails(busy.write(PLAIN, 1), 'EOW_CLOSED', 'disconnected');
    await fails(busy.ping(), 'EOW_CLOSED', 'disconnected');
    await fails(busy.devices(), 'EOW_CLOSED', 'disconnected');
    await failsAlone(busy.readAll([PLAIN]), 'EOW_CLOSED', 'disconnected');
    assert.equal(owserver.requests.length, before);
    assert.equal(owserver.connections.length, 1);
    await busy.connect();
    assert.equal((await busy.read(PLAIN)).value, PLAIN);
    assert.equal(owserver.connections.length, 2);
  });

  it('is a state of its own, which is no outage and ends with connect()', async () => {
    const owserver = await server(answer);
    const kept = client(owserver, QUICK);
    const { statuses } = watch(kept);
    await kept.connect();
    kept.disconnect();
    kept.disconnect();
    assert.deepEqual(kept.status, { type: 'off' });
    await fails(kept.read(PLAIN), 'EOW_CLOSED', 'disconnected');
    await owserver.until(() => owserver.open === 0);
    await kept.connect();
    assert.deepEqual(
      statuses.map(({ type }) => type),
      ['connecting', 'connected', 'off', 'connecting', 'connected'],
    );
  });

  it('keeps the connection after connect() as at first', async () => {
    const owserver = await server(answer);
    const kept = client(owserver, QUICK);
    await kept.connect();
    kept.disconnect();
    await kept.connect();
    const { next } = watch(kept);
    const back = next('connected');
    owserver.connections.at(-1)!.end();
    await back;
  });

  it('ends the tries for a lost connection', async () => {
    const owserver = await server(answer);
    const kept = client(owserver, QUICK);
    const { statuses, next } = watch(kept);
    await kept.connect();
    const lost = next('disconnected');
    const { port } = owserver;
    await owserver.close();
    await lost;
    kept.disconnect();
    const again = await server(answer, port);
    await fails(kept.ping(), 'EOW_CLOSED', 'disconnected');
    await turn();
    assert.equal(again.connections.length, 0);
    assert.equal(statuses.at(-1)?.type, 'off');
    await kept.connect();
  });

  it('may be followed by connect() at once, also while a connection is being made', async () => {
    const owserver = await server(answer);
    const { options } = client(owserver);
    const held: (() => void)[] = [];
    const dial = async (signal: AbortSignal): Promise<Socket> => {
      if (held.length === 0) {
        // This one goes on, although it was called off.
        await new Promise<void>((resolve) => void held.push(resolve));
        return options.dial(new AbortController().signal);
      }
      return options.dial(signal);
    };
    const kept = client(owserver, { dial });
    const { statuses } = watch(kept);
    const first = fails(kept.connect(), 'EOW_CLOSED', 'disconnected');
    await turn();
    kept.disconnect();
    const second = kept.connect();
    await first;
    await second;
    held[0]!();
    await owserver.until(() => owserver.connections.length === 2 && owserver.open === 1);
    assert.equal((await kept.read(PLAIN)).value, PLAIN);
    assert.deepEqual(
      statuses.map(({ type }) => type),
      ['connecting', 'off', 'connecting', 'connected'],
    );
  });

  it('may be called by whoever hears a status, as may connect()', async () => {
    const owserver = await server(answer);
    const kept = client(owserver);
    const { next } = watch(kept);
    await kept.connect();
    const stop = kept.onStatus(({ type }) => {
      stop();
      if (type === 'off') void kept.connect();
    });
    const back = next('connected');
    kept.disconnect();
    await back;
    assert.equal((await kept.read(PLAIN)).value, PLAIN);
  });

  it('changes nothing of a client that is closed', async () => {
    const closed = client(await server(answer));
    closed.close();
    closed.disconnect();
    assert.deepEqual(closed.status, { type: 'closed' });
    await fails(closed.connect(), 'EOW_CLOSED', 'clientClosed');
  });
});
