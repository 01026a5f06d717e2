import type {
  BrowseEntry,
  BrowseResponse,
  PropertyInfo,
  RequestOf,
  ShownValue,
} from '../../contract/admin-api.js';
import { CallError, get, post, refusalWords } from '../admin-api.js';
import { NothingYet } from '../kit/tree.js';

/** At the top, of other owservers too: what repeats the rest or says nothing to people. */
const HIDDEN = /^(\/bus\.\d+)*\/(uncached|unaliased|structure|text|json)$/;

/** What is in a directory, in the order in which people look for it. */
export type Listing = Pick<BrowseResponse, 'entries' | 'left'>;

/** What a server has, as far as it was looked at: each directory is asked for once. */
export class Directory {
  readonly server: string;
  readonly #lists = new Map<string, Promise<Listing>>();

  /** @param server id of the owserver-config */
  constructor(server: string) {
    this.server = server;
  }

  /** What is in a directory; @throws CallError, and asks again next time. */
  list(path: string): Promise<Listing> {
    const known = this.#lists.get(path);
    if (known) return known;
    const asked = this.#ask(path, {});
    this.#keep(path, asked);
    return asked;
  }

  /** Looks anew, on the bus, and forgets everything else. */
  refresh(path: string): Promise<Listing> {
    this.#lists.clear();
    const asked = this.#ask(path, { fresh: 'true' });
    this.#keep(path, asked);
    return asked;
  }

  /** What is known of a property; nothing for one that owserver's tables do not have. */
  async property(path: string): Promise<PropertyInfo | undefined> {
    await this.#checkDeployed();
    const { property } = await get('property', { path }, this.server);
    return property;
  }

  /** The values as they are now. */
  read(paths: readonly string[]): Promise<readonly ShownValue[]> {
    return post('read', { paths }, this.server);
  }

  async #ask(path: string, query: Omit<RequestOf<'browse'>, 'path'>): Promise<Listing> {
    await this.#checkDeployed();
    const asked = get('browse', { path, ...query }, this.server);
    const { entries, left } = await asked.catch(notYet);
    return { entries: entries.filter((entry) => !HIDDEN.test(entry.path)).sort(byName), left };
  }

  /** A server that was added since the last deploy is only in the editor. */
  async #checkDeployed(): Promise<void> {
    if (RED.nodes.node(this.server)?.changed !== true) return;
    const { deployed } = await get('deployed', {}, this.server);
    if (!deployed) throw new NothingYet(refusalWords('notDeployed'));
  }

  #keep(path: string, asked: Promise<Listing>): void {
    this.#lists.set(path, asked);
    asked.catch(() => this.#lists.delete(path));
  }
}

/** That a server waits for its first deploy is what comes after adding it, and no failure. */
function notYet(thrown: unknown): never {
  const waits = thrown instanceof CallError && thrown.refusal === 'notDeployed';
  throw waits ? new NothingYet(thrown.message) : thrown;
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
