import { toOwError, type OwErrorCode } from '../../../client/index.js';
import type { ErrorBody, RefusalName } from '../../../contract/admin-api.js';
import type { AdminRequest, AdminResponse } from '../../shared/red.js';
import { toErrorInfo } from './error-info.js';

/**
 * What an endpoint does with a request: it resolves with the body of the answer. Once `over` is
 * aborted nobody waits for that any more.
 */
export type Endpoint = (request: AdminRequest, over: AbortSignal) => Promise<unknown>;

/** How much an endpoint may take. */
export interface AnswerLimits {
  /** Longest time for an answer, in milliseconds: a bus that is slower is not browsed. */
  readonly timeoutMs: number;
  /** Most requests of one server that are at work, answered or not: flows must not wait behind more. */
  readonly maxConcurrent: number;
  /** What is answered when the time is up. */
  readonly timeoutRefusal: RefusalName;
}

const DEFAULT_LIMITS: AnswerLimits = {
  timeoutMs: 30_000,
  maxConcurrent: 32,
  timeoutRefusal: 'late',
};

/** A request that cannot be served, with its HTTP status and nothing of owserver in it. */
export class Refusal extends Error {
  readonly status: number;
  readonly id: RefusalName;

  constructor(status: number, id: RefusalName) {
    super(id);
    this.status = status;
    this.id = id;
  }
}

const STATUS: Partial<Record<OwErrorCode, number>> = {
  EOW_ABSENT: 404,
  EOW_VALUE: 400,
  EOW_SHORT_WRITE: 400,
  EOW_READ_ONLY: 403,
  EOW_QUEUE_FULL: 503,
  EOW_TIMEOUT: 504,
};

/** Requests at work, by the id of their server; one entry for those that have none. */
const atWork = new Map<string, number>();

/** Makes an express handler of an endpoint: one answer for each request, in bounded time, errors as plain data. */
export function answering(endpoint: Endpoint, limits: Partial<AnswerLimits> = {}) {
  return (request: AdminRequest, response: AdminResponse): void => {
    answer(endpoint, request, { ...DEFAULT_LIMITS, ...limits })
      .then((body) => response.json(body))
      .catch((thrown: unknown) => {
        const { status, body } = toErrorAnswer(thrown);
        response.status(status).json(body);
      })
      // Nobody is left to tell, and a rejection that nobody handles would end Node-RED.
      .catch(() => undefined);
  };
}

async function answer(
  endpoint: Endpoint,
  request: AdminRequest,
  { timeoutMs, maxConcurrent, timeoutRefusal }: AnswerLimits,
): Promise<unknown> {
  const { id = '' } = request.params;
  if ((atWork.get(id) ?? 0) >= maxConcurrent) throw new Refusal(503, 'busy');
  const over = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const timeIsUp = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Refusal(504, timeoutRefusal)), timeoutMs);
  });
  try {
    return await Promise.race([work(id, () => endpoint(request, over.signal)), timeIsUp]);
  } finally {
    clearTimeout(timer);
    over.abort();
  }
}

/** What is answered late goes on in the client, and counts until it has ended there. */
async function work(id: string, act: () => Promise<unknown>): Promise<unknown> {
  atWork.set(id, (atWork.get(id) ?? 0) + 1);
  try {
    return await act();
  } finally {
    const left = (atWork.get(id) ?? 0) - 1;
    if (left > 0) atWork.set(id, left);
    else atWork.delete(id);
  }
}

function toErrorAnswer(thrown: unknown): { status: number; body: ErrorBody } {
  if (thrown instanceof Refusal)
    return { status: thrown.status, body: { error: { refusal: thrown.id } } };
  const error = toOwError(thrown);
  const status = error.id === 'unexpected' ? 500 : (STATUS[error.code] ?? 502);
  return { status, body: { error: toErrorInfo(error) } };
}
