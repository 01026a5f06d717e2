import { ask, send } from '../admin-api.js';
import { CATALOGUE } from '../fields.js';
import type { PlainError } from '../localize.js';

/** What the endpoint tells of a property; the same as PropertyInfo of the client. */
export interface PropertyInfo {
  readonly kind: string;
  readonly unit?: string;
  readonly readable: boolean;
  readonly writable: boolean;
  readonly count?: number;
  readonly min?: number;
  readonly max?: number;
  readonly length?: number;
}

/** One thing in a directory. */
export interface BrowseEntry {
  readonly path: string;
  readonly name: string;
  readonly kind: 'bus' | 'device' | 'directory' | 'property';
  readonly device?: {
    readonly id: string;
    readonly alias?: string;
    readonly family: string;
    readonly type?: string;
  };
  readonly property?: PropertyInfo;
}

/** A value, or why there is none. */
export interface ShownValue {
  readonly path: string;
  readonly value?: unknown;
  readonly hex?: boolean;
  readonly unit?: string;
  readonly error?: PlainError;
}

/** At the top: what repeats the rest or says nothing to people. */
const HIDDEN = /^\/(uncached|unaliased|structure|text|json)$/;

/** What a server has, as far as it was looked at: each directory is asked for once. */
export class Directory {
  readonly server: string;
  readonly #lists = new Map<string, Promise<readonly BrowseEntry[]>>();

  /** @param server id of the owserver-config */
  constructor(server: string) {
    this.server = server;
  }

  /** What is in a directory; @throws CallError, and asks again next time. */
  list(path: string): Promise<readonly BrowseEntry[]> {
    const known = this.#lists.get(path);
    if (known) return known;
    const asked = this.#ask(path, {});
    this.#keep(path, asked);
    return asked;
  }

  /** Looks anew, on the bus, and forgets everything else. */
  refresh(path: string): Promise<readonly BrowseEntry[]> {
    this.#lists.clear();
    const asked = this.#ask(path, { fresh: 'true' });
    this.#keep(path, asked);
    return asked;
  }

  /** What is known of a property; nothing for one that owserver's tables do not have. */
  async property(path: string): Promise<PropertyInfo | undefined> {
    await this.#checkDeployed();
    const answer = (await ask(`${this.server}/property`, { path })) as { property?: PropertyInfo };
    return answer.property;
  }

  /** The values as they are now. */
  async read(paths: readonly string[]): Promise<ShownValue[]> {
    return (await send(`${this.server}/read`, { paths })) as ShownValue[];
  }

  async #ask(path: string, query: Record<string, string>): Promise<BrowseEntry[]> {
    await this.#checkDeployed();
    const answer = await ask(`${this.server}/browse`, { path, ...query });
    const { entries } = answer as { entries: BrowseEntry[] };
    return entries.filter((entry) => !HIDDEN.test(entry.path)).sort(byName);
  }

  /** A server that was added since the last deploy is only in the editor. */
  async #checkDeployed(): Promise<void> {
    if (RED.nodes.node(this.server)?.changed !== true) return;
    const { deployed } = (await ask(`${this.server}/deployed`)) as { deployed: boolean };
    if (!deployed) throw new Error(RED._(`${CATALOGUE}refusal.notDeployed`));
  }

  #keep(path: string, asked: Promise<readonly BrowseEntry[]>): void {
    this.#lists.set(path, asked);
    asked.catch(() => this.#lists.delete(path));
  }
}

const ORDER = ['device', 'bus', 'property', 'directory'];

/** Devices first, by what people call them; of properties first those that are mostly wanted. */
function byName(one: BrowseEntry, other: BrowseEntry): number {
  const kinds = ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind);
  if (kinds !== 0) return kinds;
  const wanted = rank(one.name) - rank(other.name);
  // Ids are hex digits, PIO.2 comes before PIO.10.
  const numeric = one.kind !== 'device';
  return wanted || one.name.localeCompare(other.name, undefined, { numeric });
}

/** Properties that devices are bought for. */
const MAIN =
  /^(temperature|humidity|pressure|illuminance|PIO(\.\w+)?|sensed(\.\w+)?|counters?\.\w+|V[AD]D|volt\.\w+|vis)$/;

/** Properties that only tell who the device is. */
const IDENTITY = /^(address|crc8|family|id|locator|type|r_\w+)$/;

function rank(name: string): number {
  if (isMain(name)) return 0;
  return IDENTITY.test(name) ? 2 : 1;
}

/** Is this a property that devices are bought for? */
export function isMain(name: string): boolean {
  return MAIN.test(name);
}
