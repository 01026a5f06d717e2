import { Stage } from '../../../simulator/stage.js';
import { hang } from './hang.js';
import { Ds2480b } from './ds2480b.js';
import { Ha7s } from './ha7s.js';
import type { Master } from './master.js';
import { Pace } from './pace.js';
import { masterOf, type BusSetup, type ChipChange, type ChipState, type Traffic } from './setup.js';
import type { Slave } from './slave.js';
import { momentsOf, type Step } from './steps.js';
import { Wire } from './wire.js';

const MASTERS = { HA7S: Ha7s, DS2480B: Ds2480b } as const;

const CONVERSION_MS = 750;
const BYTE_MS = 0.6;

/** A bus master with its wire and all slaves, behind a serial line. */
export class Bus {
  readonly #slaves: ReadonlyMap<string, Slave>;
  readonly #wire: Wire;
  readonly #master: Master;
  readonly #pace = new Pace();
  readonly #stage = new Stage();
  #dead = false;

  /** `send` takes what the bus master answers. */
  constructor(setup: BusSetup, send: (bytes: Buffer) => void) {
    this.#wire = new Wire(setup.byteMs ?? BYTE_MS);
    const hung = hang(setup.devices, this.#wire, setup.conversionMs ?? CONVERSION_MS);
    this.#slaves = hung.slaves;
    this.#wire.trunk = hung.trunk;
    this.#wire.onTime = (now) => this.#stage.goOn(now);
    const Master = MASTERS[masterOf(setup)];
    this.#master = new Master(this.#wire, (bytes) => {
      this.#pace.waitFor(this.#wire.now);
      send(bytes);
    });
  }

  /** Takes what came in on the serial line. */
  receive(bytes: Buffer): void {
    if (this.#dead) return;
    this.#wire.now = this.#pace.begin(this.#wire.now);
    this.#master.receive(bytes);
  }

  change(changes: Readonly<Record<string, ChipChange>>): void {
    this.clock();
    for (const [id, change] of Object.entries(changes)) this.#slave(id).change(change);
  }

  /** The supply of these slaves fails for a moment. */
  glitch(ids: readonly string[]): void {
    this.clock();
    for (const id of ids) this.#slave(id).powerOn();
  }

  /**
   * Plays a script by the clock of the wire, beside those that go on: what is due is done before the
   * next bit. Answers when it began and how long it takes, in milliseconds.
   * @throws Error when a slave of it is not on this bus
   */
  play(steps: readonly Step[]): { startedAt: number; ms: number } {
    const moments = momentsOf(steps, (id) => this.#slave(id));
    const startedAt = this.clock();
    this.#stage.play(moments, startedAt - performance.timeOrigin);
    return { startedAt, ms: Math.max(0, ...moments.map(({ at }) => at)) };
  }

  /** Makes all that is due in scripts; answers up to when, in milliseconds since 1970. */
  clock(): number {
    const now = performance.now();
    this.#wire.idle(now);
    return performance.timeOrigin + now;
  }

  /** Does the bus master answer no more? */
  set dead(dead: boolean) {
    this.#dead = dead;
  }

  /** Is the wire held low? */
  set shorted(shorted: boolean) {
    this.#wire.shorted = shorted;
  }

  states(): Record<string, ChipState> {
    this.clock();
    return Object.fromEntries([...this.#slaves].map(([id, slave]) => [id, slave.state()]));
  }

  traffic(): Traffic {
    const { user, system } = process.cpuUsage();
    const { bytes, ...counts } = this.#wire.counts;
    return {
      ...counts,
      bytes: Math.round(bytes),
      commands: this.#master.commands,
      cpuMs: (user + system) / 1000,
    };
  }

  #slave(id: string): Slave {
    const slave = this.#slaves.get(id);
    if (!slave) throw new Error(`${id} is not on this bus`);
    return slave;
  }
}
