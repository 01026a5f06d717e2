import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { ClientStatus } from '../../../client/index.js';
import { reconnectDelayMs } from '../../../client/transport/retry.js';
import { freePort } from '../../support/child.js';
import { answer, type Script } from '../../support/fake-owserver.js';
import { fails, PLAIN, watch, world } from '../support.js';

const QUICK = { reconnectMinMs: 1, reconnectMaxMs: 4 };
const types = (statuses: readonly ClientStatus[]): string[] => statuses.map(({ type }) => type);

/** Answers one request, and falls silent. */
function answerOnce(): Script {
  let answered = false;
  return (request) => {
    if (!answered) answer(request);
    answered = true;
  };
}

/** The types without repeated tries in between. */
function outline(statuses: readonly ClientStatus[]): string {
  return types(statuses)
    .join(' ')
    .replace(/(disconnected connecting )+/g, 'disconnected connecting ');
}

describe('a kept connection', () => {
  const { server, client } = world();

  it('is had at once, lost when owserver ends, and had again when it is back', async () => {
    const first = await server(answer);
    const kept = client(first, QUICK);
    const { statuses, next } = watch(kept);
    await kept.connect();
    assert.deepEqual(statuses, [{ type: 'connecting' }, { type: 'connected', persistent: true }]);
    const lost = next('disconnected');
    await first.close();
    const { error, retryInMs = -1 } = await lost;
    assert.equal(error.code, 'EOW_CLOSED');
    assert.ok(retryInMs >= 0 && retryInMs <= 1, String(retryInMs));
    const back = next('connected');
    await server(answer, first.port);
    await back;
    assert.equal(outline(statuses), 'connecting connected disconnected connecting connected');
    assert.deepEqual(kept.status, { type: 'connected', persistent: true });
  });

  it('is tried for when owserver is not there yet, and connect() says so', async () => {
    const port = await freePort();
    const kept = client({ port }, QUICK);
    const { next } = watch(kept);
    await fails(kept.connect(), 'EOW_CONNECT', 'refused');
    assert.equal(kept.status.type, 'disconnected');
    const connected = next('connected');
    await server(answer, port);
    await connected;
  });

  it('is tried for ever, after waits that grow to their limit', async () => {
    const kept = client({ port: await freePort() }, { reconnectMinMs: 2, reconnectMaxMs: 16 });
    const waits: number[] = [];
    const enough = new Promise<void>((resolve) => {
      kept.onStatus((status) => {
        if (status.type === 'disconnected') waits.push(status.retryInMs ?? -1);
        if (waits.length === 8) resolve();
      });
    });
    kept.connect().catch(() => undefined);
    await enough;
    [2, 4, 8, 16, 16, 16, 16, 16].forEach((full, at) => {
      assert.ok(waits[at]! >= full / 2 && waits[at]! <= full, `wait ${at}: ${waits.join()}`);
    });
  });

  it('begins with short waits again once it was had', async () => {
    const owserver = await server(answer);
    const kept = client(owserver, { reconnectMinMs: 2, reconnectMaxMs: 1_000 });
    const { next } = watch(kept);
    await kept.connect();
    for (let round = 0; round < 4; round += 1) {
      const lost = next('disconnected');
      const back = next('connected');
      owserver.connections.at(-1)!.end();
      assert.ok(((await lost).retryInMs ?? 99) <= 2);
      await back;
    }
  });

  it('is tried at once when a request comes during a wait', async () => {
    const first = await server(answer);
    const kept = client(first, { reconnectMinMs: 600_000, reconnectMaxMs: 600_000 });
    const { statuses, next } = watch(kept);
    await kept.connect();
    const lost = next('disconnected');
    await first.close();
    assert.ok(((await lost).retryInMs ?? 0) >= 300_000);
    await fails(kept.read(PLAIN), 'EOW_CONNECT', 'refused');
    assert.equal(outline(statuses), 'connecting connected disconnected');
    const second = await server(answer, first.port);
    assert.equal((await kept.read(PLAIN)).value, PLAIN);
    const lostAgain = next('disconnected');
    await second.close();
    assert.equal((await lostAgain).error.code, 'EOW_CLOSED');
    assert.equal(outline(statuses), 'connecting connected disconnected connected disconnected');
  });

  it('is checked with a NOP when it was quiet', async () => {
    const owserver = await server(answer);
    const kept = client(owserver, { pingAfterMs: 15 });
    await kept.connect();
    await owserver.request(3);
    assert.ok(owserver.requests.every(({ type }) => type === 1));
    assert.equal(owserver.connections.length, 1);
  });

  it('is found dead by that check', async () => {
    const owserver = await server(answerOnce());
    const kept = client(owserver, {
      pingAfterMs: 200,
      inactivityTimeoutMs: 20,
      reconnectMinMs: 60_000,
      reconnectMaxMs: 60_000,
    });
    const { next } = watch(kept);
    const lost = next('disconnected');
    await kept.connect();
    assert.equal((await lost).error.code, 'EOW_TIMEOUT');
  });

  it('is found dead although it is checked again before the first check has failed', async () => {
    const owserver = await server(answerOnce());
    const kept = client(owserver, { pingAfterMs: 20, inactivityTimeoutMs: 60 });
    const { next } = watch(kept);
    const lost = next('disconnected');
    await kept.connect();
    assert.equal((await lost).error.code, 'EOW_TIMEOUT');
  }).timeout(3_000);

  it('is tried for again when it came too late for the request that wanted it', async () => {
    const owserver = await server(answer);
    let release = (): void => undefined;
    const late = new Promise<void>((resolve) => void (release = resolve));
    const dial = async (): Promise<Socket> => {
      await late;
      const socket = connect(owserver.port, '127.0.0.1');
      await once(socket, 'connect');
      return socket;
    };
    const kept = client(owserver, { ...QUICK, dial, requestTimeoutMs: 100 });
    const { next } = watch(kept);
    await fails(kept.connect(), 'EOW_TIMEOUT', 'deadline');
    const up = next('connected');
    release();
    await up;
  }).timeout(3_000);
});

describe('a connection that nobody asked to keep', () => {
  const { server, client } = world();

  it('is not tried again without a request', async () => {
    const first = await server(answer);
    const lazy = client(first, QUICK);
    const { statuses, next } = watch(lazy);
    await lazy.read(PLAIN);
    const lost = next('disconnected');
    await first.close();
    assert.equal((await lost).retryInMs, undefined);
    await server(answer, first.port);
    await lazy.read(PLAIN);
    assert.equal(outline(statuses), 'connecting connected disconnected connected');
  });

  it('is found dead by its requests, even if there is always one under way', async () => {
    const owserver = await server(answerOnce());
    const busy = client(owserver, { inactivityTimeoutMs: 20 });
    await busy.read(PLAIN);
    const statuses: string[] = [];
    const loop = async (name: string): Promise<void> => {
      for (let at = 0; at < 5; at += 1) {
        await fails(busy.read(`/system/${name}${at}`), 'EOW_TIMEOUT', 'silent');
        statuses.push(busy.status.type);
      }
    };
    await Promise.all([loop('a'), loop('b'), loop('c')]);
    assert.equal(statuses[9], 'disconnected', statuses.join());
  });

  it('is never checked', async () => {
    const owserver = await server(answer);
    const lazy = client(owserver, { pingAfterMs: 5 });
    await lazy.read('/system/a');
    await client(owserver, { pingAfterMs: 5 }).connect();
    await owserver.request(4);
    assert.deepEqual(
      owserver.requests.map(({ type }) => type),
      [2, 1, 1, 1, 1],
    );
    assert.equal(owserver.connections[0]!.requests.length, 1);
  });
});

describe('reconnectDelayMs', () => {
  it('doubles from the first wait to the longest', () => {
    const waits = [0, 1, 2, 5, 6, 7, 100].map((attempt) =>
      reconnectDelayMs(attempt, 500, 30_000, () => 1),
    );
    assert.deepEqual(waits, [500, 1_000, 2_000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('spreads over the upper half of each wait', () => {
    assert.equal(
      reconnectDelayMs(1, 500, 30_000, () => 0),
      500,
    );
    assert.equal(
      reconnectDelayMs(1, 500, 30_000, () => 0.5),
      750,
    );
    assert.equal(
      reconnectDelayMs(99, 500, 30_000, () => 0),
      15_000,
    );
  });

  it('is a whole number within its bounds, whatever the attempt', () => {
    for (let attempt = 0; attempt < 2_000; attempt += 1) {
      const wait = reconnectDelayMs(attempt, 500, 30_000);
      assert.ok(Number.isInteger(wait) && wait >= 250 && wait <= 30_000, String(wait));
    }
  });
});
