import { OwError, toOwError } from '../errors/ow-error.js';
import type { Device } from '../knowledge/device.js';
import { Kept } from '../transport/kept.js';
import { oneDirectory } from '../values/pattern.js';
import { listDevices, type ListParts } from '../verbs/list-devices.js';
import type { CallOptions } from '../verbs/options.js';
import { patienceOf } from '../verbs/patience.js';
import { alarmChipOf, canAlarm, SILENT_SWITCH, type AlarmChip } from './alarm-chips.js';
import { chipAccess, type ChipAccess, type ChipParts } from './chip-access.js';

/** How chips are to take part in the alarm search. */
export interface SetupOptions {
  readonly family?: string | undefined;
  /** Are the latches cleared once they were reported? */
  readonly resets: boolean;
  /** Are chips set up that do not take part? */
  readonly arm: boolean;
}

/** What was found of one chip. */
interface Checked {
  /** What is wrong and not said yet. */
  readonly wrong: readonly OwError[];
  /** Does it answer the alarm search because its power came on, and not because of its channels? */
  readonly cameUp: boolean;
}

/** Of one setting of a chip. */
interface CheckedSetting {
  readonly wrong?: OwError;
  readonly cameUp: boolean;
}

const RIGHT: CheckedSetting = { cameUp: false };

/** The directory whose devices in alarm a path stands for: `/alarm` itself may be meant. @throws OwError EOW_VALUE */
export function alarmDirectory(path: string): string {
  return oneDirectory(path).replace(/\/alarm$/, '') || '/';
}

/** Looks in which a chip that failed to be checked is tried again. */
const MOST_TRIES = 5;

/** Most directories that are remembered as checked, and most warnings. */
const MOST = 1_000;

/** Checks once whether the switches in a directory take part in the alarm search, or sees to it. */
export class AlarmSetup {
  readonly #parts: ListParts & ChipParts;
  readonly #options: SetupOptions;
  readonly #onChip: (device: Device, given: string) => void;
  readonly #checked = new Kept<string, true>({ limit: MOST });
  /** Chips that have failed to be checked, and how often. */
  readonly #failed = new Map<Device, number>();
  /** What was said of a chip; it is said again once it was right in between. */
  readonly #told = new Kept<string, string>({ limit: MOST });

  /** @param onChip hears of each chip that is found, and the path that was asked for */
  constructor(
    parts: ListParts & ChipParts,
    options: SetupOptions,
    onChip: (device: Device, given: string) => void,
  ) {
    this.#parts = parts;
    this.#options = options;
    this.#onChip = onChip;
  }

  /** Checks the chips below paths that were not checked before. Answers what is wrong and not said yet. */
  async check(paths: readonly string[], options: CallOptions): Promise<OwError[]> {
    const wrong: OwError[] = [];
    const chips = [...this.#failed.keys()];
    for (const path of paths) {
      if (this.#checked.has(path)) continue;
      try {
        const devices = await this.#list(alarmDirectory(path), options);
        this.#checked.set(path, true);
        const found = devices.filter((device) => alarmChipOf(device));
        for (const device of found) this.#onChip(device, path);
        chips.push(...found);
        wrong.push(...this.#hopeless(devices));
      } catch {
        // The list of alarms there fails as well, which is said; then it is tried again.
      }
    }
    for (const device of chips) wrong.push(...(await this.#tryChip(device, options)));
    return wrong;
  }

  /** The same of one chip, which may have lost its supply. @throws OwError */
  async checkChip(device: Device, options: CallOptions): Promise<Checked> {
    const chip = alarmChipOf(device);
    if (!chip) return { wrong: [], cameUp: false };
    const access = chipAccess(this.#parts, device, options);
    const setting = await this.#checkSetAlarm(device, chip, access);
    const flag = chip.flagsPowerOn ? await this.#checkPowerOn(device, access) : RIGHT;
    const wrong = [setting.wrong, flag.wrong].filter((error) => error !== undefined);
    const now = wrong.map(({ id }) => id).join(' ');
    const isKnown = this.#told.last(device.path) === now;
    this.#told.set(device.path, now);
    return { wrong: isKnown ? [] : wrong, cameUp: setting.cameUp || flag.cameUp };
  }

  #list(directory: string, options: CallOptions): Promise<Device[]> {
    const { family } = this.#options;
    const patience = patienceOf(options, this.#parts.options.requestTimeoutMs);
    return listDevices(this.#parts, { path: directory, family, flags: {} }, patience);
  }

  async #tryChip(device: Device, options: CallOptions): Promise<readonly OwError[]> {
    try {
      const { wrong } = await this.checkChip(device, options);
      this.#failed.delete(device);
      return wrong;
    } catch (thrown) {
      const error = toOwError(thrown, device.path);
      const tries = (this.#failed.get(device) ?? 0) + 1;
      // What cannot be written now cannot be written later.
      const isFinal = error.code === 'EOW_ABSENT' || error.code === 'EOW_READ_ONLY';
      if (tries < MOST_TRIES && !isFinal) this.#failed.set(device, tries);
      else this.#failed.delete(device);
      return tries === 1 && error.code !== 'EOW_ABSENT' ? [error] : [];
    }
  }

  async #checkSetAlarm(
    { path }: Device,
    chip: AlarmChip,
    access: ChipAccess,
  ): Promise<CheckedSetting> {
    const { resets, arm } = this.#options;
    const value = await access.read('set_alarm');
    const answers = chip.answers(value);
    const isRight = resets ? chip.goesByLatch(value) : answers;
    if (isRight && !(arm && value === chip.fromPowerOn)) return RIGHT;
    if (!arm) {
      const id = answers ? 'notByLatch' : 'unarmed';
      const wrong = new OwError(id, { value, wanted: chip.anyLatch }, { path });
      return { wrong, cameUp: false };
    }
    await access.write('set_alarm', chip.anyLatch);
    // What was latched while it took no part is from nobody knows when.
    if (resets) await access.write('latch.BYTE', 1);
    return { cameUp: true };
  }

  async #checkPowerOn({ path }: Device, access: ChipAccess): Promise<CheckedSetting> {
    if ((await access.read('por')) === 0) return RIGHT;
    const { resets, arm } = this.#options;
    if (resets || arm) await access.write('por', 0);
    else return { wrong: new OwError('freshFromPowerOn', {}, { path }), cameUp: true };
    return { cameUp: true };
  }

  /** Says it once where nobody can answer but a DS2413, or where just those were asked for. */
  #hopeless(devices: readonly Device[]): OwError[] {
    const silent = devices.find(({ family }) => family === SILENT_SWITCH);
    if (!silent || devices.some((device) => canAlarm(device))) return [];
    const { path, type = 'DS2413' } = silent;
    return [new OwError('cannotAlarm', { type }, { path })];
  }
}
