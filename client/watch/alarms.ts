import type { OwError } from '../errors/ow-error.js';
import type { Device } from '../knowledge/device.js';
import type { Patience } from '../requests/messenger.js';
import { listAlarms } from '../verbs/alarms.js';
import type { ListParts } from '../verbs/list-devices.js';
import type { CallOptions } from '../verbs/options.js';
import type { DeviceInAlarm } from './alarm-chips.js';
import { AlarmLedger } from './alarm-changes.js';
import { alarmDirectory, AlarmSetup } from './alarm-setup.js';
import { AlarmedChips, type Examination } from './alarmed-chips.js';
import {
  askEach,
  isAnswered,
  type Answer,
  type AnswersLook,
  type AskParts,
  type Emit,
} from './answers.js';
import { failuresOf, listByBus, type Listed } from './by-bus.js';
import type { ChipParts } from './chip-access.js';
import type { Observer, Where } from './look.js';
import type { SharedChips } from './shared-chips.js';
import type { SharedLooks } from './shared-looks.js';
import { aboutLook, Failures, isDue, ToldOnce } from './failures.js';

/** How to watch alarms. */
export interface AlarmsObserverOptions {
  /** @default 'always' */
  readonly emit?: Emit | undefined;
  /** Two hex digits: only devices of this family. @default all */
  readonly family?: string | undefined;
  /**
   * Leave the latches of a DS2406 or DS2408 as they are; or report each edge once and clear the latches after
   * that, which no other program must do then. @default 'keep'
   */
  readonly latch?: 'keep' | 'reset' | undefined;
  /** Set up such chips so that they take part in the alarm search. @default false */
  readonly arm?: boolean | undefined;
  /** Look at the start whether they take part. @default true */
  readonly check?: boolean | undefined;
}

/** The devices in alarm, and what is new among them. */
export interface AlarmsLook extends AnswersLook<readonly DeviceInAlarm[]> {
  readonly kind: 'alarm';
  /** New in alarm, or with new edges. */
  readonly fresh: readonly DeviceInAlarm[];
  /** In alarm no more, as they were last; not those whose latches were cleared by this watch. */
  readonly ended: readonly DeviceInAlarm[];
  readonly warnings: readonly OwError[];
}

type Parts = ListParts &
  AskParts &
  ChipParts & {
    readonly chips: SharedChips;
    readonly looks: SharedLooks;
  };

export function alarmsObserver(parts: Parts, options: AlarmsObserverOptions): Observer<AlarmsLook> {
  return new AlarmsObserver(parts, options);
}

/** Watches which devices are in alarm, with one search of each bus a look. */
class AlarmsObserver implements Observer<AlarmsLook> {
  /** Latches that were reported are cleared before they are read again. */
  readonly oneAtATime = true;
  readonly #parts: Parts;
  readonly #options: AlarmsObserverOptions;
  readonly #resets: boolean;
  readonly #setup: AlarmSetup | undefined;
  readonly #chips: AlarmedChips;
  readonly #ledger: AlarmLedger;
  readonly #failures = new Failures();
  readonly #warnings = new ToldOnce();
  /** What failed when latches were cleared, to be said with the next look. */
  #unsettled: readonly OwError[] = [];

  constructor(parts: Parts, options: AlarmsObserverOptions) {
    const { family, latch, arm = false, check = true } = options;
    const resets = latch === 'reset';
    this.#parts = parts;
    this.#options = options;
    this.#resets = resets;
    const follow = (device: Device, given: string): void => this.#chips.follow(device, given);
    this.#setup = check ? new AlarmSetup(parts, { family, resets, arm }, follow) : undefined;
    this.#chips = new AlarmedChips(parts, this.#setup, resets, parts.chips);
    this.#ledger = new AlarmLedger(resets);
  }

  async look(where: Where, options: CallOptions): Promise<AlarmsLook> {
    const start = performance.now();
    const unfit = (await this.#setup?.check([where].flat(), options)) ?? [];
    const asked = await this.#list(where, options);
    const listed = asked
      .filter((answer) => isAnswered(answer))
      .map(({ given, value: { parts } }) => ({ given, parts }));
    const examined = await this.#chips.examine(listed, options);
    const parts = listed.flatMap((one) => one.parts);
    const { fresh, ended, first, differs } = this.#ledger.see(parts, examined);
    const lasting = [...failuresOf(parts), ...examined.errors, ...this.#unsettled];
    this.#unsettled = [];
    const failures = this.#failures.see(asked);
    return {
      kind: 'alarm',
      ...aboutLook(where, start, failures),
      answers: asked.map((answer) => withChips(answer, examined)),
      fresh,
      ended,
      warnings: [...unfit, ...examined.unfit, ...this.#warnings.fresh(lasting)],
      due: isDue(this.#options.emit, asked, failures, first || differs),
      ...(this.#resets && { settle: () => this.#settle(options) }),
    };
  }

  close(): void {
    this.#chips.close();
  }

  #list(where: Where, options: CallOptions): Promise<Answer<Listed>[]> {
    const { buses, looks } = this.#parts;
    // Those who look at the same moment share one search.
    const parts = { ...this.#parts, listings: looks };
    const list = (path: string, patience: Patience): Promise<Device[]> =>
      listAlarms(parts, path, this.#options.family, patience);
    return askEach(
      this.#parts,
      where,
      options,
      (path, patience) => listByBus(buses, alarmDirectory(path), list, patience),
      'alarm',
    );
  }

  /** What was reported is cleared, also when the watch is called off meanwhile. */
  async #settle({ timeoutMs }: CallOptions): Promise<void> {
    this.#unsettled = await this.#chips.clear({ timeoutMs });
  }
}

/** What is in alarm with what was found of it, and chips with edges that no latch shows any more. */
function withChips(
  answer: Answer<Listed>,
  { found, owed }: Examination,
): Answer<readonly DeviceInAlarm[]> {
  if (!isAnswered(answer)) return answer;
  const { given, value } = answer;
  const listed = value.devices.map((device) => found.get(device.path)?.device ?? device);
  return { ...answer, value: [...listed, ...(owed.get(given) ?? [])] };
}
