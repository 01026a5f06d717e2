import { OwError } from '../errors/ow-error.js';
import { saysAbsent } from '../errors/return-codes.js';
import type { Messenger, Patience } from '../requests/messenger.js';
import { Kept } from '../transport/kept.js';
import { byIds, namesDevice, parsePath } from '../values/path.js';
import { formatDeviceId, fromSerial, parseDeviceId, type DeviceId } from '../values/device-id.js';

/** How long the list of aliases is believed, as long as owserver believes a volatile value. */
const BELIEVED_MS = 15_000;

/** When it is fetched again for the names that only adorn answers: a message that they do not wait for. */
const ADORNED_MS = 300_000;

const LIST_PATH = '/settings/alias/list';

/** The end of a line of the list: a name may hold anything but a slash, also the end of a line. */
const LINE_END = /\r\n(?=[0-9A-F]{16}=|$)/;

/** One line: the id with checksum, and the name. */
const LINE = /^([0-9A-F]{16})=([^]*)$/;

const NONE: ReadonlyMap<string, DeviceId> = new Map();

/** The aliases that owserver knows, fetched when one is asked for. */
export class Aliases {
  readonly #messenger: Messenger;
  readonly #onChange: () => void;
  /** Names by id, as they were last heard of; none before. */
  #names: ReadonlyMap<string, string> | undefined;
  #fetched: Promise<unknown> | undefined;
  /** When they are to be fetched again, in milliseconds of `performance.now()`. */
  #dueAt = -Infinity;
  readonly #list = new Kept<typeof LIST_PATH, ReadonlyMap<string, DeviceId>>({
    limit: 1,
    ms: BELIEVED_MS,
  });

  /** `onChange` hears that a device has another name than before. */
  constructor(messenger: Messenger, onChange: () => void) {
    this.#messenger = messenger;
    this.#onChange = onChange;
  }

  /** What a device is called, as far as it is known without asking. */
  nameOf(id: DeviceId): string | undefined {
    return this.#names?.get(formatDeviceId(id, 'f.i'));
  }

  /**
   * Fetches the names that are to adorn answers, when it is time. Resolves when there are some, at
   * once with those of the last time: nobody waits for the new ones.
   */
  refresh({ deadline }: Patience): Promise<unknown> | undefined {
    if (performance.now() >= this.#dueAt) {
      this.#dueAt = performance.now() + ADORNED_MS;
      this.#fetched = this.fetch({ deadline: deadline.afresh() }).catch(() => undefined);
    }
    return this.#names ? undefined : this.#fetched;
  }

  /** The device behind a name; `directory` is its path, for owservers that cannot list aliases. */
  async find(name: string, directory: string, patience: Patience): Promise<DeviceId | undefined> {
    const byName = await this.known(patience);
    return byName.get(name) ?? this.#ask(name, directory, patience);
  }

  /** All aliases, by name, as owserver told them within the last seconds. */
  async known(patience: Patience): Promise<ReadonlyMap<string, DeviceId>> {
    return this.#list.get(LIST_PATH) ?? this.fetch(patience);
  }

  /** All aliases as they are now, by name. */
  async fetch(patience: Patience): Promise<ReadonlyMap<string, DeviceId>> {
    const { ret, data } = await this.#messenger.exchange(
      { type: 'read', path: LIST_PATH },
      patience,
    );
    // Ancient owservers have no such list; without it devices would be missing from listings.
    if (ret < 0 && !saysAbsent(ret)) throw await this.#messenger.refusal(ret, LIST_PATH, patience);
    const byName = ret > 0 ? this.#parse(data) : new Map<string, DeviceId>();
    this.#list.set(LIST_PATH, byName);
    this.#keepNames(byName);
    return byName;
  }

  /** Those among the names in some paths, which are asked for only when there are any. */
  async in(paths: readonly string[], patience: Patience): Promise<ReadonlyMap<string, DeviceId>> {
    return paths.some(namesDevice) ? this.known(patience) : NONE;
  }

  /** A path by the ids of its devices, as it is best sent; as it was where their names are not to be had. */
  async byId(path: string, patience: Patience): Promise<string> {
    const parsed = parsePath(path);
    const names = [parsed.element, parsed.coupler].filter((name) => name !== undefined);
    if (names.every((name) => parseDeviceId(name))) return path;
    const listed = await this.known(patience).catch(() => undefined);
    return byIds(parsed, (name) => listed?.get(name)).path;
  }

  /** Forgets the list: an alias was written, or what answers next may have others. */
  forget(): void {
    this.#list.clear();
    this.#dueAt = -Infinity;
  }

  #keepNames(byName: ReadonlyMap<string, DeviceId>): void {
    const names = new Map([...byName].map(([name, id]) => [formatDeviceId(id, 'f.i'), name]));
    const before = this.#names ?? new Map<string, string>();
    this.#names = names;
    this.#dueAt = performance.now() + ADORNED_MS;
    const same = [...names].every(([id, name]) => before.get(id) === name);
    if (!same || before.size !== names.size) this.#onChange();
  }

  #parse(list: Buffer): ReadonlyMap<string, DeviceId> {
    const byName = new Map<string, DeviceId>();
    for (const line of list.toString('latin1').split(LINE_END)) {
      const [, id = '', name = ''] = LINE.exec(line) ?? [];
      const device = parseDeviceId(id);
      const text = this.#messenger.nameBytes.decode(Buffer.from(name, 'latin1'));
      if (device) byName.set(text, device);
    }
    return byName;
  }

  /**
   * PRESENCE answers with the serial number of the device; owserver/src/c/data.c, `PresenceHandler`.
   * @throws OwError EOW_ABSENT when that device has another name now: owserver finds it by old ones too.
   */
  async #ask(name: string, directory: string, patience: Patience): Promise<DeviceId | undefined> {
    const { ret, frames } = await this.#messenger.exchange(
      { type: 'presence', path: directory },
      patience,
    );
    const serial = frames[0]?.payload;
    const device = ret === 0 && serial?.length === 8 ? fromSerial(serial) : undefined;
    if (!device) return undefined;
    const path = `${directory.slice(0, -name.length)}${formatDeviceId(device, 'f.i')}/alias`;
    const alias = await this.#messenger.exchange({ type: 'read', path }, patience);
    const isIt = alias.ret <= 0 || this.#messenger.nameBytes.decode(alias.data) === name;
    if (!isIt) throw new OwError('absent', {}, { path: directory });
    return device;
  }
}
