import type { Socket } from 'node:net';
import {
  decodeRequest,
  encodeFrame,
  Flag,
  FrameDecoder,
  MessageType,
} from '../../client/protocol/index.js';
import type { Frame, Request } from '../../client/protocol/index.js';
import { answer, bare, serves, type Reply, type Switches } from './answer.js';
import { deliver, insteadOf, KEEP_ALIVE } from './delivery.js';
import type { FaultAction, FaultPlan, Gate } from './faults.js';
import type { MaybePromise } from '../maybe-promise.js';
import type { Recorder } from './recorder.js';
import { Ret } from '../refusal.js';
import type { World } from '../tree/world.js';

/** What the sessions of one simulator share. */
export interface Shared {
  world: World;
  switches: Switches;
  recorder: Recorder;
  faults: FaultPlan;
  gate: Gate;
  keepAliveMs: number;
  /** Longest silence before the first request and inside one. */
  serverTimeoutMs: number;
  /** Longest silence between requests. */
  idleTimeoutMs: number;
  sleep: (ms: number) => Promise<void>;
  /** Takes one of the persistent places; false when none is left. */
  grant: () => boolean;
  giveBack: () => void;
}

/** One connection: requests in, replies out, one after another; owserver/src/c/handler.c. */
export class Session {
  readonly #socket: Socket;
  readonly #number: number;
  readonly #shared: Shared;
  readonly #decoder = new FrameDecoder({ anyVersion: true });
  readonly #queue: Frame[] = [];
  #state: 'idle' | 'serving' | 'over' = 'idle';
  #isPersistent = false;
  #clientIsDone = false;

  constructor(socket: Socket, number: number, shared: Shared) {
    this.#socket = socket;
    this.#number = number;
    this.#shared = shared;
    socket.setTimeout(shared.serverTimeoutMs);
    socket.on('data', (chunk) => this.#take(chunk));
    socket.on('end', () => this.#noMoreRequests());
    socket.on('timeout', () => this.#whenSilent());
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#free());
  }

  #take(chunk: Buffer): void {
    if (this.#state === 'over') return;
    try {
      this.#queue.push(...this.#decoder.push(chunk));
    } catch {
      // Impossible sizes: owserver closes without a word.
      this.#end();
      return;
    }
    if (this.#state === 'serving') return;
    if (this.#queue.length === 0) this.#socket.setTimeout(this.#shared.serverTimeoutMs);
    else void this.#serveAll();
  }

  async #serveAll(): Promise<void> {
    this.#moveTo('serving');
    for (let frame = this.#queue.shift(); frame; frame = this.#queue.shift()) {
      await this.#serve(frame);
      if (this.#isOver) return;
    }
    this.#moveTo('idle');
    if (this.#clientIsDone) this.#end();
  }

  async #serve({ header, payload }: Frame): Promise<void> {
    // owserver looks at the size of a write only when there is something to write.
    const read = payload.length > 0 ? header : { ...header, size: 0 };
    const request = header.payload < 0 ? undefined : decodeRequest(read, payload);
    if (!request) {
      this.#end();
      return;
    }
    const { recorder, faults } = this.#shared;
    const actions = faults.take(recorder.record(request, this.#number));
    const flags = this.#grant(request.flags);
    try {
      const replies = insteadOf(actions) ?? this.#answer(request, payload.length);
      await this.#send(replies, flags, actions);
    } catch {
      // The simulator is closing, or a value function threw: either way nobody gets an answer.
      this.#socket.destroy();
    }
    if ((flags & Flag.persistent) === 0) this.#end();
  }

  #answer(request: Request, length: number): MaybePromise<Reply[]> {
    const { world, switches } = this.#shared;
    const isEmpty = length === 0 && request.type !== MessageType.nop;
    if (isEmpty && serves(request.type, switches)) return [bare(Ret.badMessage)];
    return answer(request, world, switches);
  }

  /** The flags of the reply: persistence is taken out of them when it is not granted. */
  #grant(flags: number): number {
    const isAsked = (flags & Flag.persistent) !== 0;
    if (isAsked && !this.#isPersistent) this.#isPersistent = this.#shared.grant();
    return isAsked && this.#isPersistent ? flags : flags & ~Flag.persistent;
  }

  async #send(
    waiting: MaybePromise<Reply[]>,
    flags: number,
    actions: readonly FaultAction[],
  ): Promise<void> {
    const isQuick = !(waiting instanceof Promise) && actions.length === 0;
    const stop = isQuick ? undefined : this.#keepAlive(actions);
    try {
      const frames = (isQuick ? waiting : await waiting).map((reply) => frameOf(reply, flags));
      if (this.#shared.switches.pingcrazy === true) frames.unshift(KEEP_ALIVE);
      await deliver(this.#delivery(Buffer.concat(frames)), actions);
    } finally {
      stop?.();
      this.#socket.setTimeout(this.#shared.idleTimeoutMs);
    }
  }

  #delivery(bytes: Buffer): Parameters<typeof deliver>[0] {
    const { gate, sleep } = this.#shared;
    return {
      bytes,
      gate,
      sleep,
      write: (part) => this.#write(part),
      end: () => this.#end(),
      reset: () => this.#reset(),
    };
  }

  /** Keep-alives while the client waits, but not in silent faults; returns how to stop them. */
  #keepAlive(actions: readonly FaultAction[]): (() => void) | undefined {
    this.#socket.setTimeout(0);
    if (actions.some((action) => action === 'hang' || action === 'half')) return undefined;
    const timer = setInterval(() => this.#write(KEEP_ALIVE), this.#shared.keepAliveMs);
    const stop = (): void => {
      clearInterval(timer);
      this.#socket.off('close', stop);
    };
    this.#socket.once('close', stop);
    return stop;
  }

  #write(bytes: Buffer): void {
    if (this.#socket.writable) this.#socket.write(bytes);
  }

  #end(): void {
    if (this.#isOver) return;
    this.#moveTo('over');
    this.#socket.end(() => this.#socket.destroy());
  }

  #reset(): void {
    this.#moveTo('over');
    this.#socket.resetAndDestroy();
  }

  /** The client closed its half: what it asked before is still answered. */
  #noMoreRequests(): void {
    this.#clientIsDone = true;
    if (this.#state === 'idle') this.#end();
  }

  #whenSilent(): void {
    if (this.#state === 'idle') this.#end();
  }

  #free(): void {
    this.#moveTo('over');
    if (this.#isPersistent) this.#shared.giveBack();
    this.#isPersistent = false;
  }

  get #isOver(): boolean {
    return this.#state === 'over';
  }

  #moveTo(next: 'idle' | 'serving' | 'over'): void {
    if (this.#state !== 'over') this.#state = next;
  }
}

function frameOf({ ret, size, offset, payload }: Reply, flags: number): Buffer {
  return encodeFrame({ code: ret, flags, size, offset }, payload);
}
