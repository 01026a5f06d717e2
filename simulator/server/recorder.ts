import {
  decodeText,
  MessageType,
  type MessageName,
  type Request,
} from '../../client/protocol/index.js';

/** One request as it came. */
export interface RecordedRequest {
  /** Over the life of the simulator; the first is 1. */
  number: number;
  /** Name of the message type, or `type 42` for one that has none. */
  type: MessageName | `type ${number}`;
  path: string;
  flags: number;
  size: number;
  offset: number;
  /** What a write sent. */
  data?: Buffer;
  /** Which connection it came over; the first is 1. */
  connection: number;
}

/** Requests kept; older ones are dropped. */
const KEPT = 1000;
const NAMES = new Map<number, MessageName>(
  Object.entries(MessageType).map(([name, code]) => [code, name as MessageName]),
);

interface Waiter<T> {
  matches: (value: T) => boolean;
  resolve: (value: T) => void;
}

/** Remembers requests and tells tests of them, and of the number of connections. */
export class Recorder {
  readonly requests: RecordedRequest[] = [];
  #count = 0;
  #connections = 0;
  #requestWaiters: Waiter<RecordedRequest>[] = [];
  #connectionWaiters: Waiter<number>[] = [];

  get connections(): number {
    return this.#connections;
  }

  set connections(count: number) {
    this.#connections = count;
    this.#connectionWaiters = settle(this.#connectionWaiters, count);
  }

  record(request: Request, connection: number): RecordedRequest {
    const { type: code, flags, size, offset, data } = request;
    this.#count += 1;
    const type = NAMES.get(code) ?? (`type ${code}` as const);
    const path = decodeText(request.path);
    const recorded: RecordedRequest = {
      number: this.#count,
      type,
      path,
      flags,
      size,
      offset,
      connection,
    };
    if (data) recorded.data = Buffer.from(data);
    this.requests.push(recorded);
    if (this.requests.length > KEPT) this.requests.shift();
    this.#requestWaiters = settle(this.#requestWaiters, recorded);
    return recorded;
  }

  waitFor(matches: (request: RecordedRequest) => boolean): Promise<RecordedRequest> {
    const known = this.requests.find(matches);
    if (known) return Promise.resolve(known);
    return new Promise((resolve) => this.#requestWaiters.push({ matches, resolve }));
  }

  waitForConnections(count: number): Promise<void> {
    if (this.#connections === count) return Promise.resolve();
    return new Promise((resolve) => {
      this.#connectionWaiters.push({ matches: (open) => open === count, resolve: () => resolve() });
    });
  }
}

/** Tells the waiters that waited for this value; returns the others. */
function settle<T>(waiters: Waiter<T>[], value: T): Waiter<T>[] {
  const left = waiters.filter((one) => !one.matches(value));
  for (const waiter of waiters) if (!left.includes(waiter)) waiter.resolve(value);
  return left;
}
