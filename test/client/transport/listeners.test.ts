import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { tell } from '../../../client/transport/tell.js';
import { answer } from '../../support/fake-owserver.js';
import * as wire from '../../support/wire.js';
import { fails, PLAIN, turn, watch, world } from '../support.js';

const QUICK = { reconnectMinMs: 1, reconnectMaxMs: 4 };

/** What can be thrown, and how: at once or later, with a text or without one. */
const FAULTS: Readonly<Record<string, () => unknown>> = {
  'throws an Error': () => {
    throw new Error('faulty');
  },
  'rejects with what has no text': () => Promise.reject(Object.create(null) as Error),
  'rejects later': () => Promise.reject(new Error('faulty later')),
  'gives what is only like a promise': () => ({
    then: (_resolve: unknown, reject: (error: Error) => void) => reject(new Error('faulty then')),
  }),
};

/** The warnings of the process during a test, which are not printed, and the next of them. */
function warnings(): { said: readonly string[]; next: () => Promise<void> } {
  const said: string[] = [];
  const waiting: (() => void)[] = [];
  const emitWarning = process.emitWarning.bind(process);
  beforeEach(() => {
    process.emitWarning = ((text: string | Error, type: string) => {
      said.push(`${type}: ${String(text)}`);
      for (const heard of waiting.splice(0)) heard();
    }) as typeof emitWarning;
  });
  afterEach(() => {
    process.emitWarning = emitWarning;
    said.length = 0;
  });
  return { said, next: () => new Promise((resolve) => void waiting.push(resolve)) };
}

for (const [fault, listener] of Object.entries(FAULTS)) {
  /** Another function for each test: a warning comes once of each. */
  const rejecting = (): (() => unknown) => () => listener();

  describe(`a listener that ${fault}`, () => {
    const { server, client } = world();
    const { said, next: warning } = warnings();

    it('to the status leaves the others theirs, and the connection is had again', async () => {
      const first = await server(answer);
      const kept = client(first, QUICK);
      kept.onStatus(rejecting());
      const { next } = watch(kept);
      const warned = warning();
      await kept.connect();
      await warned;
      const lost = next('disconnected');
      await first.close();
      await lost;
      const back = next('connected');
      await server(answer, first.port);
      await back;
      kept.close();
      assert.equal(kept.status.type, 'closed');
    });

    it('to a wait leaves the answer, and the others theirs', async () => {
      const owserver = await server();
      const busy = client(owserver, { connections: 1 });
      const heard: number[] = [];
      const warned = warning();
      const reads = [
        busy.read(PLAIN, { onWait: rejecting() }),
        busy.read(PLAIN, { onWait: (ms) => void heard.push(ms) }),
      ];
      const { reply } = await owserver.request(0);
      reply(wire.keepAlive(), wire.reply('1'));
      assert.deepEqual(
        (await Promise.all(reads)).map(({ value }) => value),
        [1, 1],
      );
      assert.equal(heard.length, 1);
      await warned;
    });

    it('to a wait for a bus leaves the answer', async () => {
      const owserver = await server((request) => {
        if (request.path.endsWith('/temperature') && request.type === 2)
          request.reply(wire.keepAlive(), wire.reply('21.5'));
        else answer(request);
      });
      const warned = warning();
      const onWait = rejecting();
      const { value } = await client(owserver).read('/28.AABBCCDDEEFF/temperature', { onWait });
      assert.equal(value, 21.5);
      await warned;
    });

    it('to the trace leaves the answer', async () => {
      const owserver = await server(answer);
      const warned = warning();
      const traced = client(owserver, { trace: rejecting() });
      assert.equal((await traced.read(PLAIN)).value, PLAIN);
      await warned;
    });

    it('is reported once', async () => {
      const warned = warning();
      const faulty = rejecting();
      for (let call = 0; call < 3; call += 1) tell(faulty);
      await warned;
      await turn();
      assert.equal(said.length, 1);
      assert.match(
        said[0] ?? '',
        /^OwserverListener: A listener of an owserver client has failed: /,
      );
    });
  });
}

describe('a dial of somebody else’s', () => {
  const { server, client } = world();

  it('that throws is one that failed: the next one is tried', async () => {
    const owserver = await server(answer);
    let dials = 0;
    const dial = (): Promise<Socket> => {
      dials += 1;
      if (dials === 1) throw new Error('no modem');
      const socket = connect(owserver.port, '127.0.0.1');
      return once(socket, 'connect').then(() => socket);
    };
    const kept = client(owserver, { dial, ...QUICK });
    const { next } = watch(kept);
    const connected = next('connected');
    assert.match((await fails(kept.connect(), 'EOW_PROTOCOL', 'unexpected')).message, /no modem/);
    await connected;
  });

  it('that gives no socket is one that failed', async () => {
    const dial = (): Promise<Socket> => Promise.resolve('no socket' as never);
    await fails(client({ port: 1 }, { dial }).read(PLAIN), 'EOW_PROTOCOL', 'unexpected');
  });
});
