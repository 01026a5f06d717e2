import { SILENT_MS, type Buses } from './buses.js';
import type { Facts } from '../knowledge/path-facts.js';
import { Kept } from '../transport/kept.js';
import type { Message } from '../requests/message.js';
import type { Messenger, Patience, Reply } from '../requests/messenger.js';
import { tell } from '../transport/tell.js';

/** How long owserver answers from its cache, by how often a property changes; owlib/src/c/globals.c, `timeout_volatile`. */
const KEPT_MS: Readonly<Record<string, number>> = { v: 15_000, s: 300_000, f: Infinity };

/** Most characters of the paths that are remembered: 5,000 of them, as they mostly are. */
const LIMIT = 5_000 * 60;

/**
 * Reads that owserver has to ask a bus for. They go out one after another on each bus, where more at a
 * time would be no faster and would stand in the way of writes; so a slow bus holds up no other bus,
 * and no read that owserver answers by itself.
 */
export class BusReads {
  readonly #messenger: Messenger;
  readonly #buses: Buses;
  /** Paths that owserver answers from its cache. */
  readonly #cached = new Kept<string, true>({
    limit: LIMIT,
    weigh: (_, path) => path.length,
  });
  #underWay = 0;

  constructor(messenger: Messenger, buses: Buses) {
    this.#messenger = messenger;
    this.#buses = buses;
  }

  /** Is a bus asked? Not for what never changes, nor for what is no property of a device. */
  needsBus(facts: Facts, uncached: boolean): boolean {
    const { sendPath, directory, propertyPath, property, fresh } = facts;
    if (directory === undefined || propertyPath === undefined) return false;
    if (property?.change === 'f') return false;
    if (uncached || fresh) return true;
    return !this.#cached.has(sendPath);
  }

  /** @throws OwError as any message. */
  async ask(message: Message, facts: Facts, patience: Patience): Promise<Reply> {
    this.#underWay += 1;
    let waited = 0;
    const onWait = (ms: number): void => {
      waited = ms;
      tell(patience.onWait, ms);
    };
    try {
      // One read alone gains nothing from knowing its bus, and none fails for want of it.
      if (this.#underWay > 1 && this.#buses.known(facts) === undefined)
        await this.#buses.find(facts, patience).catch(() => undefined);
      const { read: serialKey, urgent: yieldsTo } = this.#buses.keys(facts);
      const path = this.#buses.route(facts.sendPath, this.#buses.known(facts));
      const asked = { ...message, path, serialKey, yieldsTo };
      // Of those that wait for this bus what an alarm asks of its chip is the next one, however many there are.
      const priority = patience.priority === 'alarm' ? 'alarm' : 'bus';
      const reply = await this.#messenger.ask(asked, { ...patience, priority, onWait });
      this.#buses.heard(this.#buses.known(facts), true);
      this.#keep(facts);
      return reply;
    } catch (thrown) {
      if (waited > SILENT_MS) this.#buses.heard(this.#buses.known(facts), false);
      throw thrown;
    } finally {
      this.#underWay -= 1;
    }
  }

  /** owserver's cache was emptied, or what answers next may have another. */
  forget(): void {
    this.#cached.clear();
  }

  #keep({ sendPath, property }: Facts): void {
    this.#cached.set(sendPath, true, KEPT_MS[property?.change ?? 'v'] ?? 0);
  }
}
