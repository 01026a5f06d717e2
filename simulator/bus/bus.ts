import type { Device } from './device.js';
import { Lock } from './lock.js';
import { andThen, type MaybePromise } from '../maybe-promise.js';
import { Refusal, Ret } from '../refusal.js';

/** The clock of the simulator, and how long things take on its buses; all in milliseconds. */
export interface Timing {
  now: () => number;
  /** Lets scripts do what is due. */
  goOn: () => void;
  sleep: (ms: number) => Promise<void>;
  /** A temperature conversion of 12 bits. */
  conversionMs: number;
  /** The last attempt to convert with a sensor that is gone. */
  absentMs: number;
  /** One transfer on a bus that is dead. */
  deadMs: number;
}

/** owserver tries a search so often before it gives up; measured with an HA7S that fell silent. */
const SEARCH_ATTEMPTS = 6;

/** One bus master with its devices: one transfer at a time. */
export class Bus {
  readonly number: number;
  readonly devices: Device[];
  readonly #line: { readonly lock: Lock; isDead: boolean };
  readonly #timing: Timing;

  /** @param behind the same bus as another owserver knows it, which this one asks */
  constructor(number: number, timing: Timing, behind?: Bus) {
    this.number = number;
    this.#timing = timing;
    this.devices = behind?.devices ?? [];
    this.#line = behind ? behind.#line : { lock: new Lock(), isDead: false };
  }

  /** Does the bus master no longer answer? */
  get isDead(): boolean {
    return this.#line.isDead;
  }

  set isDead(isDead: boolean) {
    this.#line.isDead = isDead;
  }

  /** Does the device answer when it is addressed in this directory of this bus? */
  reaches(device: Device, route: string): boolean {
    return this.devices.includes(device) && device.route === route && device.isReachable;
  }

  /** @throws Refusal when the device does not answer there. */
  mustReach(device: Device, route: string): void {
    this.#timing.goOn();
    if (!this.reaches(device, route)) throw new Refusal(Ret.invalid);
  }

  /** Does something on the bus as soon as it is free. */
  transfer<T>(task: () => MaybePromise<T>): MaybePromise<T> {
    return this.#line.lock.run(() => {
      this.#timing.goOn();
      return this.isDead ? this.#fail(1, Ret.invalid) : task();
    });
  }

  /** The devices in a directory that answer a search. */
  search(route: string, answers: (device: Device) => boolean): MaybePromise<readonly Device[]> {
    return this.#line.lock.run(() => {
      this.#timing.goOn();
      if (this.isDead) return this.#fail(SEARCH_ATTEMPTS, Ret.busFailed);
      if (!this.#leadsTo(route)) throw new Refusal(Ret.busFailed);
      return this.#here(route).filter(answers);
    });
  }

  /** The thermometers in a directory. */
  thermometers(route: string): NonNullable<Device['thermometer']>[] {
    return this.#here(route).flatMap((device) => device.thermometer ?? []);
  }

  #here(route: string): Device[] {
    return this.devices.filter((device) => this.reaches(device, route));
  }

  /** Does a coupler with this branch answer, and every coupler before it? */
  #leadsTo(route: string): boolean {
    return (
      route === '' ||
      this.devices.some((device) => device.isReachable && device.branches.includes(route))
    );
  }

  #fail(attempts: number, ret: number): MaybePromise<never> {
    const { deadMs, sleep } = this.#timing;
    return andThen(deadMs > 0 ? sleep(deadMs * attempts) : undefined, () => {
      throw new Refusal(ret);
    });
  }
}
