import assert from 'node:assert/strict';
import type { ClientStatus } from '../../client/index.js';
import { freePort } from '../support/child.js';
import { answer } from '../support/fake-owserver.js';
import { fails, PLAIN, watch, wholeSentence, world } from './support.js';

const QUICK = { reconnectMinMs: 1, reconnectMaxMs: 4 };
const types = (statuses: readonly ClientStatus[]): string[] => statuses.map(({ type }) => type);

describe('the status', () => {
  const { server, client } = world();

  it('is told until one unsubscribes', async () => {
    const owserver = await server(answer);
    const busy = client(owserver);
    const heard: string[] = [];
    const stop = busy.onStatus(({ type }) => {
      heard.push(type);
      stop();
    });
    await busy.read(PLAIN);
    assert.deepEqual(heard, ['connecting']);
    assert.equal(busy.status.type, 'connected');
  });

  it('is told once for each change, not for each request', async () => {
    const owserver = await server(answer);
    const busy = client(owserver);
    const { statuses } = watch(busy);
    await busy.readAll(['/system/a', '/system/b', '/system/c', '/system/d', '/system/e']);
    await busy.read(PLAIN);
    assert.deepEqual(types(statuses), ['connecting', 'connected']);
  });

  it('ends with closed, whatever happens afterwards', async () => {
    const owserver = await server(answer);
    const kept = client(owserver, QUICK);
    const { statuses } = watch(kept);
    await kept.connect();
    kept.close();
    await owserver.until(() => owserver.open === 0);
    await fails(kept.read(PLAIN), 'EOW_CLOSED', 'clientClosed');
    await fails(kept.connect(), 'EOW_CLOSED', 'clientClosed');
    kept.close();
    assert.deepEqual(types(statuses), ['connecting', 'connected', 'closed']);
    assert.deepEqual(kept.status, { type: 'closed' });
  });

  it('may be answered with close() by whoever hears it', async () => {
    const kept = client({ port: await freePort() }, QUICK);
    const { statuses } = watch(kept);
    kept.onStatus(({ type }) => {
      if (type === 'disconnected') kept.close();
    });
    await fails(kept.connect(), 'EOW_CONNECT');
    assert.deepEqual(types(statuses), ['connecting', 'disconnected', 'closed']);
  });

  it('explains a lost connection in a whole sentence', async () => {
    const owserver = await server(answer);
    const idle = client(owserver);
    const { next } = watch(idle);
    await idle.read(PLAIN);
    const lost = next('disconnected');
    owserver.connections[0]!.end();
    wholeSentence((await lost).error);
  });

  it('explains a request that died in a whole sentence', async () => {
    const owserver = await server();
    const busy = client(owserver, { inactivityTimeoutMs: 20 });
    const { next } = watch(busy);
    const lost = next('disconnected');
    await fails(busy.read(PLAIN), 'EOW_TIMEOUT');
    wholeSentence((await lost).error);
  });
});
