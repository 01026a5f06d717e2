import assert from 'node:assert/strict';
import { OwError } from '../../../../client/index.js';
import {
  answering,
  Refusal,
  type Endpoint,
  type AnswerLimits,
} from '../../../../nodes/owserver-config/admin/endpoint.js';

/** What an endpoint answered. */
interface Answered {
  readonly status: number;
  readonly body: unknown;
}

/** Calls an endpoint as express would. */
function call(
  endpoint: Endpoint,
  limits: Partial<AnswerLimits> = {},
  id = 'server',
): Promise<Answered> {
  return new Promise((resolve) => {
    let status = 200;
    const response = {
      status: (code: number) => {
        status = code;
        return response;
      },
      json: (body: unknown) => resolve({ status, body: JSON.parse(JSON.stringify(body)) }),
    };
    answering(endpoint, limits)({ params: { id }, query: {}, body: {} }, response);
  });
}

/** An endpoint that answers when it is told to. */
function held(): { endpoint: Endpoint; finish: () => void; over: () => AbortSignal | undefined } {
  let finish = (): void => undefined;
  let signal: AbortSignal | undefined;
  const finished = new Promise<object>((resolve) => {
    finish = () => resolve({ done: true });
  });
  const endpoint: Endpoint = (_request, over) => {
    signal = over;
    return finished;
  };
  return { endpoint, finish: () => finish(), over: () => signal };
}

const QUICK: Endpoint = () => Promise.resolve({ ok: true });
const BUSY = { status: 503, body: { error: { refusal: 'busy' } } };

describe('an endpoint answers', () => {
  it('with what it found', async () => {
    assert.deepEqual(await call(QUICK), { status: 200, body: { ok: true } });
  });

  it('with its refusal, or with the error of owserver as data', async () => {
    const refuse = (): never => {
      throw new Refusal(404, 'notDeployed');
    };
    const body = { error: { refusal: 'notDeployed' } };
    assert.deepEqual(await call(refuse), { status: 404, body });
    assert.deepEqual(await call(() => Promise.reject(new Refusal(404, 'notDeployed'))), {
      status: 404,
      body,
    });
    const error = new OwError('absent', {}, { path: '/x', cause: new Error('inside') });
    const { message } = error;
    assert.deepEqual(await call(() => Promise.reject(error)), {
      status: 404,
      body: { error: { code: 'EOW_ABSENT', id: 'absent', params: { path: '/x' }, message } },
    });
  });

  it('with 500 and a sentence whatever goes wrong, also when the answer is no JSON', async () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    const broken: Endpoint[] = [
      () => Promise.reject(new TypeError('broken')),
      () => {
        throw new TypeError('broken');
      },
      () => Promise.resolve(circle),
      () => Promise.resolve({ big: 1n }),
    ];
    for (const endpoint of broken) {
      const { status, body } = await call(endpoint);
      const { error } = body as { error: Record<string, unknown> };
      assert.deepEqual([status, error.id, typeof error.message], [500, 'unexpected', 'string']);
    }
  });

  it('in bounded time, and tells those at work that nobody waits any more', async () => {
    const { endpoint, finish, over } = held();
    const answer = await call(endpoint, { timeoutMs: 20 });
    assert.deepEqual(answer, { status: 504, body: { error: { refusal: 'late' } } });
    assert.equal(over()?.aborted, true);
    finish();
    const late = held();
    const written = await call(late.endpoint, { timeoutMs: 20, timeoutRefusal: 'lateWrite' });
    assert.deepEqual(written.body, { error: { refusal: 'lateWrite' } });
    late.finish();
  });

  it('also when what comes late is an error', async () => {
    let fail = (): void => undefined;
    const failed = new Promise<never>((_resolve, reject) => {
      fail = () => reject(new OwError('clientClosed'));
    });
    assert.equal((await call(() => failed, { timeoutMs: 20 })).status, 504);
    fail();
    await new Promise(setImmediate);
  });
});

describe('an endpoint is at work', () => {
  it('so many times at a time for a server, however each ends', async () => {
    const limits = { maxConcurrent: 2 };
    const ends: Endpoint[] = [
      QUICK,
      () => Promise.reject(new OwError('absent')),
      () => {
        throw new Refusal(400, 'badRequest');
      },
      () => Promise.resolve({ big: 1n }),
    ];
    for (const end of [...ends, ...ends]) await call(end, limits);
    const [one, two] = [held(), held()];
    const asked = [call(one.endpoint, limits), call(two.endpoint, limits)];
    assert.deepEqual(await call(QUICK, limits), BUSY);
    assert.equal((await call(QUICK, limits, 'another')).status, 200);
    one.finish();
    await asked[0];
    assert.equal((await call(QUICK, limits)).status, 200);
    two.finish();
    await Promise.all(asked);
  });

  it('until it has ended, also when it was answered before that', async () => {
    const limits = { maxConcurrent: 1, timeoutMs: 20 };
    const { endpoint, finish } = held();
    assert.equal((await call(endpoint, limits)).status, 504);
    assert.deepEqual(await call(QUICK, limits), BUSY);
    finish();
    await new Promise(setImmediate);
    assert.equal((await call(QUICK, limits)).status, 200);
  });
});
