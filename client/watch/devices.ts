import type { SharedLooks } from './shared-looks.js';
import type { OwError } from '../errors/ow-error.js';
import type { Device } from '../knowledge/device.js';
import type { Patience } from '../requests/messenger.js';
import { listDevices, type ListParts } from '../verbs/list-devices.js';
import type { CallOptions } from '../verbs/options.js';
import { oneDirectory } from '../values/pattern.js';
import {
  askEach,
  isAnswered,
  type Answer,
  type AnswersLook,
  type AskParts,
  type Emit,
} from './answers.js';
import { failuresOf, listByBus, listWhole, type Listed } from './by-bus.js';
import { DeviceLedger, type DeviceChanges } from './device-changes.js';
import type { Observer, Where } from './look.js';
import { aboutLook, Failures, isDue, ToldOnce } from './failures.js';

/** How to watch the devices of directories. */
export interface DevicesObserverOptions {
  /** @default 'always' */
  readonly emit?: Emit | undefined;
  /** Two hex digits: only devices of this family. @default all */
  readonly family?: string | undefined;
  /** @default 'cached'; with `emit: 'change'` always a search, as owserver's list may be 60 s old */
  readonly source?: 'cached' | 'uncached' | undefined;
  /** In how many listings in a row a device is missing before it is removed. @default 2 */
  readonly misses?: number | undefined;
}

/** The devices of directories, and what is new among them. */
export interface DevicesLook extends AnswersLook<readonly Device[]>, DeviceChanges {
  readonly kind: 'devices';
  /** Buses that could not be listed, beside others that could. */
  readonly warnings: readonly OwError[];
}

type Parts = ListParts & AskParts & { readonly looks: SharedLooks };

export function devicesObserver(
  parts: Parts,
  options: DevicesObserverOptions,
): Observer<DevicesLook> {
  return new DevicesObserver(parts, options);
}

/** Watches which devices there are. */
class DevicesObserver implements Observer<DevicesLook> {
  readonly #parts: Parts;
  readonly #options: DevicesObserverOptions;
  readonly #ledger: DeviceLedger;
  readonly #warnings = new ToldOnce();
  readonly #failures = new Failures();

  constructor(parts: Parts, options: DevicesObserverOptions) {
    this.#parts = parts;
    this.#options = options;
    this.#ledger = new DeviceLedger(options.misses ?? 2);
  }

  async look(where: Where, options: CallOptions): Promise<DevicesLook> {
    const start = performance.now();
    const asked = await askEach(this.#parts, where, options, (path, patience) => {
      const { buses } = this.#parts;
      const list = this.#list.bind(this);
      const directory = oneDirectory(path);
      return this.#searches
        ? listByBus(buses, directory, list, patience)
        : listWhole(directory, list, patience);
    });
    const parts = asked.flatMap((answer) => (isAnswered(answer) ? answer.value.parts : []));
    const changes = this.#ledger.see(parts);
    const { first, added, removed, moved } = changes;
    const changed = first || added.length + removed.length + moved.length > 0;
    // Lists of buses say that the one of all of them is out of date.
    const byBus = asked.some((answer) => isAnswered(answer) && answer.value.parts.length > 1);
    if (byBus && changed && !first) this.#parts.lists.doubt();
    const failures = this.#failures.see(asked);
    return {
      kind: 'devices',
      ...aboutLook(where, start, failures),
      answers: asked.map(devicesOf),
      ...changes,
      warnings: this.#warnings.fresh(failuresOf(parts)),
      due: isDue(this.#options.emit, asked, failures, changed),
    };
  }

  get #searches(): boolean {
    const { emit, source } = this.#options;
    return emit === 'change' || source === 'uncached';
  }

  #list(path: string, patience: Patience): Promise<Device[]> {
    const flags = { uncached: this.#searches };
    return listDevices(
      { ...this.#parts, listings: this.#parts.looks },
      { path, family: this.#options.family, flags },
      patience,
    );
  }
}

/** Of what was listed of a path its devices. */
export function devicesOf(answer: Answer<Listed>): Answer<readonly Device[]> {
  return isAnswered(answer) ? { ...answer, value: answer.value.devices } : answer;
}
