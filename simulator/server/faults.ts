import type { RecordedRequest } from './recorder.js';

/**
 * What happens to an answer:
 * - `delayMs`: it comes that much later, with keep-alives while the client waits, as from a slow
 *   bus;
 * - `hold`: it comes when the test calls `release()`, with keep-alives;
 * - `hang`: it never comes, and nothing else does;
 * - `close`: the connection ends (FIN) without it; `reset`: the same with RST;
 * - `half`: half of its bytes come, then nothing; `half-close`: then the connection ends;
 * - `split`: its bytes come one by one;
 * - `twice`: it comes twice;
 * - `keepAlives`: that many keep-alive frames come first;
 * - `ret`: this return code comes instead, and the request has no effect;
 * - `bytes`: these bytes come instead, and the request has no effect.
 */
export type FaultAction =
  | 'hold'
  | 'hang'
  | 'close'
  | 'reset'
  | 'half'
  | 'half-close'
  | 'split'
  | 'twice'
  | { delayMs: number }
  | { keepAlives: number }
  | { ret: number }
  | { bytes: Buffer };

/** Which requests go wrong, and how. Every condition given must hold; none given: every request. */
export interface Fault {
  /** Number of the request over the life of the simulator; the first is 1. */
  request?: number;
  /** Name of the message type. */
  type?: RecordedRequest['type'];
  /** The whole path, or a pattern. */
  path?: string | RegExp;
  when?: (request: RecordedRequest) => boolean;
  /** How often it happens. @default 1 */
  times?: number;
  /** One action, or several in their order. */
  then: FaultAction | readonly FaultAction[];
}

/** The faults still to come. */
export class FaultPlan {
  #faults: { fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#faults.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#faults = [];
  }

  /** The actions for a request; each fault is used up by the requests it hits. */
  take(request: RecordedRequest): readonly FaultAction[] {
    const hit = this.#faults.find(({ fault, left }) => left > 0 && hits(fault, request));
    if (!hit) return [];
    hit.left -= 1;
    this.#faults = this.#faults.filter(({ left }) => left > 0);
    const { then } = hit.fault;
    return then instanceof Array ? then : [then];
  }
}

function hits(fault: Fault, request: RecordedRequest): boolean {
  const { path } = fault;
  if (fault.request !== undefined && fault.request !== request.number) return false;
  if (fault.type !== undefined && fault.type !== request.type) return false;
  if (typeof path === 'string' && path !== request.path) return false;
  if (path instanceof RegExp && !path.test(request.path)) return false;
  return fault.when?.(request) ?? true;
}

/** Where held answers wait until a test lets them go. */
export class Gate {
  #waiting: (() => void)[] = [];

  wait(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Answers that wait now. */
  get held(): number {
    return this.#waiting.length;
  }

  /** Lets the first `count` answers go. */
  release(count = Infinity): void {
    const go = this.#waiting.splice(0, count);
    for (const resolve of go) resolve();
  }
}
