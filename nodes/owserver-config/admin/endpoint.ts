import { toOwError, type OwErrorCode } from '../../../client/index.js';
import type { AdminRequest, AdminResponse } from '../../shared/red.js';

/**
 * What an endpoint does with a request: it resolves with the body of the answer. Once `over` is
 * aborted nobody waits for that any more.
 */
export type Endpoint = (request: AdminRequest, over: AbortSignal) => Promise<unknown>;

/** How much an endpoint may take. */
export interface Limits {
  /** Longest time for an answer, in milliseconds: a bus that is slower is not browsed. */
  readonly ms: number;
  /** Most requests of one server that are at work, answered or not: flows must not wait behind more. */
  readonly most: number;
  /** Name of the sentence that says that the time was up. */
  readonly late: string;
}

const LIMITS: Limits = { ms: 30_000, most: 32, late: 'late' };

/** A request that cannot be served, with its HTTP status and nothing of owserver in it. */
export class Refusal extends Error {
  readonly status: number;
  /** Name of the sentence in the catalogue, below `refusal`. */
  readonly id: string;

  constructor(status: number, id: string) {
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
export function answering(endpoint: Endpoint, limits: Partial<Limits> = {}) {
  return (request: AdminRequest, response: AdminResponse): void => {
    answer(endpoint, request, { ...LIMITS, ...limits })
      .then((body) => response.json(body))
      .catch((thrown: unknown) => {
        const { status, error } = toError(thrown);
        response.status(status).json({ error });
      })
      // Nobody is left to tell, and a rejection that nobody handles would end Node-RED.
      .catch(() => undefined);
  };
}

async function answer(
  endpoint: Endpoint,
  request: AdminRequest,
  { ms, most, late }: Limits,
): Promise<unknown> {
  const { id = '' } = request.params;
  if ((atWork.get(id) ?? 0) >= most) throw new Refusal(503, 'busy');
  const over = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const timeIsUp = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Refusal(504, late)), ms);
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

function toError(thrown: unknown): { status: number; error: object } {
  if (thrown instanceof Refusal) return { status: thrown.status, error: { refusal: thrown.id } };
  const { code, id, params, message } = toOwError(thrown);
  const status = id === 'unexpected' ? 500 : (STATUS[code] ?? 502);
  return { status, error: { code, id, params, message } };
}
