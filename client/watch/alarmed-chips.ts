import { toOwError, type OwError } from '../errors/ow-error.js';
import type { Device } from '../knowledge/device.js';
import { inTurns } from '../transport/in-turns.js';
import type { CallOptions } from '../verbs/options.js';
import {
  alarmChipOf,
  bitsOf,
  levelsOf,
  type AlarmChip,
  type DeviceInAlarm,
} from './alarm-chips.js';
import type { AlarmSetup } from './alarm-setup.js';
import { isFailure, type Part } from './by-bus.js';
import { chipAccess, type ChipAccess, type ChipParts } from './chip-access.js';
import { SharedChips, type SharedChip } from './shared-chips.js';

/** What was listed of one path that was asked for. */
export interface ListedAlarms {
  readonly given: string;
  readonly parts: readonly Part[];
}

/** A device in alarm, and why it is. */
export interface Examined {
  readonly device: DeviceInAlarm;
  /** Has it an edge that was not reported yet, or another level than was told with the last one? */
  readonly hasNews: boolean;
  /** Is a latch of it set? */
  readonly latched: boolean;
  /** Is it in alarm because its power came on, and not because of its channels? */
  readonly cameUp: boolean;
  /** Could it not be read? */
  readonly failed: boolean;
}

/** What was found of the devices in alarm. */
export interface Examination {
  /** By path. */
  readonly found: ReadonlyMap<string, Examined>;
  /** Devices with edges that no latch shows any more, by the path that was asked for. */
  readonly owed: ReadonlyMap<string, readonly DeviceInAlarm[]>;
  /** What keeps chips from taking part, not said before. */
  readonly unfit: readonly OwError[];
  /** Chips that could not be read. */
  readonly errors: readonly OwError[];
}

/** A chip whose edges are followed. */
interface Followed {
  readonly device: Device;
  readonly chip: AlarmChip;
  readonly edges: SharedChip;
  readonly given: string;
}

/** Most chips that are followed: a server may list new ones without end. */
const MOST = 5_000;

/** Chips that are read at a time: those of one bus wait for each other anyway. */
const AT_ONCE = 8;

/** Reads the switches that are in alarm, and clears their latches. */
export class AlarmedChips {
  readonly #parts: ChipParts;
  readonly #setup: AlarmSetup | undefined;
  readonly #resets: boolean;
  readonly #shared: SharedChips;
  readonly #followed = new Map<string, Followed>();
  readonly #leave: () => void;

  /**
   * @param setup who looks why a chip is in alarm without a latch; without it nobody does
   * @param shared the chips of the client; who does not clear latches has chips of his own
   */
  constructor(
    parts: ChipParts,
    setup: AlarmSetup | undefined,
    resets: boolean,
    shared: SharedChips,
  ) {
    this.#parts = parts;
    this.#setup = setup;
    this.#resets = resets;
    this.#shared = resets ? shared : new SharedChips();
    this.#leave = this.#shared.join(this);
  }

  /** From now on the edges of a chip are told for the path that was asked for, whoever finds them. */
  follow(device: Device, given: string): void {
    const { path, id } = device;
    const chip = alarmChipOf(device);
    const known = this.#followed.get(path);
    if (!chip || (!known && this.#followed.size >= MOST)) return;
    const edges = known?.edges ?? this.#shared.chip(id);
    this.#followed.set(path, { device, chip, edges, given });
  }

  /** The edges that others find are kept for it no more. */
  close(): void {
    this.#leave();
  }

  /** Looks at what was listed, and at chips that were not finished with the last time. */
  async examine(listed: readonly ListedAlarms[], options: CallOptions): Promise<Examination> {
    const found = new Map<string, Examined>();
    const unfit: OwError[] = [];
    const errors: OwError[] = [];
    const inAlarm = this.#follow(listed);
    await inTurns([...inAlarm.values()], AT_ONCE, async (device) => {
      try {
        const { wrong, ...examined } = await this.#examineOne(device, options);
        unfit.push(...wrong);
        found.set(device.path, examined);
      } catch (thrown) {
        errors.push(toOwError(thrown, device.path));
        found.set(device.path, { ...PLAIN, device, failed: true });
      }
    });
    const owed = await this.#owed(inAlarm, listed, options);
    return { found, owed, unfit, errors };
  }

  /** Clears the latches that were reported. Answers what went wrong. */
  async clear(options: CallOptions): Promise<OwError[]> {
    const errors: OwError[] = [];
    await inTurns([...this.#followed.values()], AT_ONCE, async ({ device, edges }) => {
      try {
        await edges.clear(this.#access(device, options));
      } catch (thrown) {
        errors.push(toOwError(thrown, device.path));
      }
    });
    return errors;
  }

  /** The devices in alarm, by path; chips among them are followed. */
  #follow(listed: readonly ListedAlarms[]): ReadonlyMap<string, Device> {
    const inAlarm = new Map<string, Device>();
    for (const { given, parts } of listed) {
      for (const { listed: devices } of parts) {
        if (isFailure(devices)) continue;
        for (const device of devices) {
          const { path } = device;
          if (inAlarm.has(path)) continue;
          inAlarm.set(path, device);
          this.follow(device, given);
        }
      }
    }
    return inAlarm;
  }

  async #examineOne(
    device: Device,
    options: CallOptions,
  ): Promise<Examined & { wrong: readonly OwError[] }> {
    const followed = this.#followed.get(device.path);
    if (!followed) return { ...PLAIN, device, wrong: [] };
    const { chip, edges } = followed;
    const access = this.#access(device, options);
    const { latches, levels, edges: unreported, stale } = await edges.read(this, access);
    // In alarm for another reason than a latch: by its levels, or because its power came on.
    const isSilent = latches === 0 && unreported === 0 && !stale;
    const checked = isSilent ? await this.#setup?.checkChip(device, options) : undefined;
    const { wrong, cameUp } = checked ?? { wrong: [], cameUp: false };
    const channels = bitsOf(this.#resets ? unreported : latches, chip.channels);
    return {
      device: { ...device, channels, state: levelsOf(levels, chip.channels) },
      hasNews: stale || unreported !== 0,
      latched: latches !== 0,
      cameUp,
      failed: false,
      wrong,
    };
  }

  /** Edges that went with a latch when it was cleared: no search finds those. */
  async #owed(
    inAlarm: ReadonlyMap<string, Device>,
    listed: readonly ListedAlarms[],
    options: CallOptions,
  ): Promise<ReadonlyMap<string, readonly DeviceInAlarm[]>> {
    const owed = new Map<string, DeviceInAlarm[]>();
    if (!this.#resets) return owed;
    const answered = new Set(listed.map(({ given }) => given));
    for (const { device, chip, edges, given } of this.#followed.values()) {
      if (inAlarm.has(device.path) || !edges.unfinished(this) || !answered.has(given)) continue;
      const news = await edges
        .readOwed(this, this.#access(device, options))
        .catch((thrown: unknown) => this.#unread(device, thrown));
      if (!news || (!news.stale && news.edges === 0)) continue;
      const channels = bitsOf(news.edges, chip.channels);
      const state = levelsOf(edges.levels, chip.channels);
      owed.set(given, [...(owed.get(given) ?? []), { ...device, channels, state }]);
    }
    return owed;
  }

  /** What is gone is not asked again and again. */
  #unread({ path }: Device, thrown: unknown): undefined {
    if (toOwError(thrown).code === 'EOW_ABSENT') this.#followed.delete(path);
    return undefined;
  }

  #access(device: Device, options: CallOptions): ChipAccess {
    return chipAccess(this.#parts, device, options);
  }
}

const PLAIN = { hasNews: false, latched: false, cameUp: false, failed: false } as const;
