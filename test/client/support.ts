import assert from 'node:assert/strict';
import {
  OwError,
  OwserverClient,
  toOwError,
  type ClientStatus,
  type Failed,
  type OwErrorCode,
  type OwserverOptions,
} from '../../client/index.js';
import type { MessageId } from '../../client/errors/sentences/index.js';
import {
  startFakeOwserver,
  type FakeOwserver,
  type FakeRequest,
  type Script,
} from '../support/fake-owserver.js';
import * as wire from '../support/wire.js';

/** Fake servers and clients of one test; they are closed after it. */
export interface World {
  server: (script?: Script, port?: number) => Promise<FakeOwserver>;
  client: (at: { port: number }, options?: OwserverOptions) => OwserverClient;
}

/** To be called inside a `describe`: what is opened in a test is closed after it. */
export function world(): World {
  const cleanUp: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of cleanUp.splice(0).reverse()) await close();
  });
  return {
    server: async (script, port) => {
      const server = await startFakeOwserver(script, port);
      cleanUp.push(() => server.close());
      return server;
    },
    client: ({ port }, options) => {
      const client = new OwserverClient({ host: '127.0.0.1', port, ...options });
      cleanUp.push(() => client.close());
      return client;
    },
  };
}

/** Waits for the OwError of a promise and checks its code. */
export async function fails(
  promise: Promise<unknown>,
  code: OwErrorCode,
  id?: MessageId,
): Promise<OwError> {
  const error = await promise.then(
    (value) => assert.fail(`not refused with ${code}, but ${JSON.stringify(value)}`),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof OwError, `no OwError: ${String(error)}`);
  assert.equal(error.code, code, error.message);
  if (id !== undefined) assert.equal(error.id, id, error.message);
  return error;
}

/** Waits for results of which the only one is a failure, and checks its code. */
export async function failsAlone(
  answer: Promise<readonly (Failed | object)[]>,
  code: OwErrorCode,
  id?: MessageId,
): Promise<OwError> {
  const [only, ...more] = await answer;
  assert.ok(only && 'error' in only && more.length === 0, `not one failure: ${more.length} more`);
  return fails(Promise.reject(toOwError(only.error)), code, id);
}

/** A sentence with a place left empty shows as two blanks, or as a blank before a point or colon. */
export function wholeSentence({ message }: OwError): void {
  assert.doesNotMatch(message, /\{\w+\}| {2}| [:.;,]|^ /, 'a sentence with an empty place');
}

/** Lets everything go on that waits for nothing outside: requests are queued afterwards. */
export { setImmediate as turn } from 'node:timers/promises';

/** Sends a keep-alive every so often, `count` times, and then does what is asked. */
export function pings(
  request: FakeRequest,
  everyMs: number,
  count: number,
  then?: () => void,
): void {
  let sent = 0;
  const timer = setInterval(() => {
    if (sent < count) request.reply(wire.keepAlive());
    else then?.();
    sent += 1;
    if (sent > count || request.connection.closed) clearInterval(timer);
  }, everyMs);
}

/** A path that owserver has no table for, so that one call is one request. */
export const PLAIN = '/system/plain';

/** The statuses of a client from now on, and the first one of a type. */
export function watch(client: OwserverClient): {
  statuses: ClientStatus[];
  next: <T extends ClientStatus['type']>(type: T) => Promise<Extract<ClientStatus, { type: T }>>;
} {
  const statuses: ClientStatus[] = [];
  client.onStatus((status) => void statuses.push(status));
  return {
    statuses,
    next: (type) =>
      new Promise((resolve) => {
        const stop = client.onStatus((status) => {
          if (status.type !== type) return;
          stop();
          resolve(status as Extract<ClientStatus, { type: typeof type }>);
        });
      }),
  };
}
