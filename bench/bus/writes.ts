import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { EmulatedBus } from '../../test/support/bus/index.js';
import type { FlowNode, NodeRedProcess } from '../../test/support/node-red.js';
import { catchNode } from '../flow.js';

/** How long one message was on its way. */
export interface Clocked {
  readonly ms: number;
  /** Why it failed. */
  readonly error?: string;
}

/** A DS2413, whose output A is the relay. */
export const RELAY = '3A.000000000001';

/** Longer than any write takes, in milliseconds. */
const PATIENCE_MS = 60_000;

/** An ow-write node for the relay, and the clock that sends its messages. */
export function writeFlow(server: string): FlowNode[] {
  const path = `${RELAY}/PIO.A`;
  const wires = [['clock']];
  return [
    { id: 'order', type: 'test-inject', wires },
    { id: 'clock', type: 'bench-clock', wires: [['write'], ['written']] },
    { id: 'write', type: 'ow-write', server, path, wires },
    catchNode('write', 'clock'),
    { id: 'written', type: 'test-probe', wires: [] },
  ];
}

/** The relay, switched by an ow-write node in Node-RED. */
export class Relay {
  readonly #nodeRed: NodeRedProcess;
  readonly #bus: EmulatedBus;
  #on = false;

  constructor(nodeRed: NodeRedProcess, bus: EmulatedBus) {
    this.#nodeRed = nodeRed;
    this.#bus = bus;
  }

  /**
   * Switches it over at random moments, `gapMs` (least, most) after the last time, until the signal;
   * at least once. Resolves with the milliseconds that each write took.
   * @throws Error when one fails or the chip's output is not what was written.
   */
  async switchUntil(signal: AbortSignal, gapMs: readonly [number, number]): Promise<number[]> {
    const waits: number[] = [];
    do {
      await delay(randomInt(...gapMs), undefined, { signal }).catch(() => undefined);
      waits.push(await this.#switchOver());
    } while (!signal.aborted);
    return waits;
  }

  async #switchOver(): Promise<number> {
    this.#on = !this.#on;
    await this.#nodeRed.inject('order', { order: true, payload: this.#on });
    const fits = ({ probe }: { probe: string }): boolean => probe === 'written';
    const { msg } = await this.#nodeRed.waitForMessage(fits, 'write', PATIENCE_MS);
    const { ms, error } = msg.payload as Clocked;
    if (error !== undefined) throw new Error(`A write failed: ${error}`);
    const { outputs = 0 } = await this.#bus.state(RELAY);
    const on = (outputs & 1) === 1;
    if (on !== this.#on) throw new Error(`The relay is ${on ? 'on' : 'off'} after a write.`);
    return ms;
  }
}
