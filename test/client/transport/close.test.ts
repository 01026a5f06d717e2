import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import type { OwserverClient } from '../../../client/index.js';
import { answer } from '../../support/fake-owserver.js';
import { fails, failsAlone, PLAIN, turn, wholeSentence, world } from '../support.js';

describe('close()', () => {
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
    busy.close();
    wholeSentence(await fails(sent[0]!, 'EOW_CLOSED', 'clientClosed'));
    await fails(sent[1]!, 'EOW_UNCERTAIN', 'uncertain');
    for (const one of waiting) wholeSentence(await fails(one, 'EOW_CLOSED', 'clientClosed'));
    await owserver.until(() => owserver.open === 0);
    assert.equal(owserver.requests.length, 2);
    assert.equal(busy.connections, 0);
  });

  it('says of a write under way that it is uncertain, in a whole sentence', async () => {
    const owserver = await server();
    const busy = client(owserver);
    const write = busy.write(PLAIN, 1);
    await owserver.request(0);
    busy.close();
    wholeSentence(await fails(write, 'EOW_UNCERTAIN'));
  });

  it('is what everything fails with afterwards, in whole sentences', async () => {
    const closed = client(await server(answer));
    closed.close();
    const asked = [
      closed.ping(),
      closed.connect(),
      closed.read(PLAIN),
      closed.write(PLAIN, 1),
      closed.dir(),
      closed.devices(),
      closed.browse(),
      closed.alarm(),
      closed.present('/28.AABBCCDDEEFF'),
      closed.convert(),
      closed.message({ type: 'nop' }),
      closed.message({ type: 'read', path: PLAIN }),
    ];
    const list = failsAlone(closed.readAll('28.*/temperature'), 'EOW_CLOSED', 'clientClosed');
    const failures = asked.map((one) => fails(one, 'EOW_CLOSED', 'clientClosed'));
    for (const failure of [list, ...failures]) {
      const error = await failure;
      wholeSentence(error);
      assert.match(error.message, /before (\/\S*|a sign of life) was answered/);
    }
  });

  it('ends idle connections', async () => {
    const owserver = await server(answer);
    const busy = client(owserver);
    await busy.readAll(['/system/a', '/system/b', '/system/c']);
    busy.close();
    await owserver.until(() => owserver.open === 0);
  });

  it('ends a connection that is being made', async () => {
    const aborted = new Promise<void>((resolve) => {
      const dial = (signal: AbortSignal): Promise<Socket> =>
        new Promise(() => signal.addEventListener('abort', () => resolve()));
      const busy = client({ port: 1 }, { dial });
      void fails(busy.read(PLAIN), 'EOW_CLOSED', 'clientClosed');
      void turn().then(() => busy.close());
    });
    await aborted;
  });

  it('drops a connection that is made all the same', async () => {
    const owserver = await server(answer);
    const { options } = client(owserver);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => void (release = resolve));
    const dial = (): Promise<Socket> => held.then(() => options.dial(new AbortController().signal));
    const busy = client(owserver, { dial });
    const read = fails(busy.read(PLAIN), 'EOW_CLOSED', 'clientClosed');
    await turn();
    busy.close();
    await read;
    release();
    await owserver.until(() => owserver.connections.length === 1 && owserver.open === 0);
    assert.equal(owserver.requests.length, 0);
  });

  const calls: [string, (client: OwserverClient) => Promise<unknown>][] = [
    ['read', (client) => client.read(PLAIN)],
    ['write', (client) => client.write(PLAIN, 1)],
    ['dir', (client) => client.dir()],
    ['devices', (client) => client.devices()],
    ['alarm', (client) => client.alarm()],
    ['present', (client) => client.present(PLAIN)],
    ['ping', (client) => client.ping()],
    ['message', (client) => client.message({ type: 'nop' })],
    ['connect', (client) => client.connect()],
  ];
  for (const [name, call] of calls) {
    it(`makes a later ${name}() fail with EOW_CLOSED`, async () => {
      const owserver = await server(answer);
      const closed = client(owserver);
      closed.close();
      await fails(call(closed), 'EOW_CLOSED', 'clientClosed');
      assert.equal(owserver.connections.length, 0);
    });
  }

  it('may be called again', async () => {
    const owserver = await server(answer);
    const closed = client(owserver);
    await closed.read(PLAIN);
    closed.close();
    closed.close();
    assert.deepEqual(closed.status, { type: 'closed' });
  });
});
