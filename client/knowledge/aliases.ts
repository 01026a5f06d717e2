import { saysAbsent } from '../errors/return-codes.js';
import type { Messenger, Patience } from '../requests/messenger.js';
import { Kept } from '../transport/kept.js';
import { fromSerial, parseDeviceId, type DeviceId } from '../values/device-id.js';

/** How long the list of aliases is believed, as long as owserver believes a volatile value. */
const BELIEVED_MS = 15_000;

const LIST_PATH = '/settings/alias/list';

/** The end of a line of the list: a name may hold anything but a slash, also the end of a line. */
const LINE_END = /\r\n(?=[0-9A-F]{16}=|$)/;

/** One line: the id with checksum, and the name. */
const LINE = /^([0-9A-F]{16})=([^]*)$/;

/** The aliases that owserver knows, fetched when one is asked for. */
export class Aliases {
  readonly #messenger: Messenger;
  readonly #list = new Kept<typeof LIST_PATH, ReadonlyMap<string, DeviceId>>({
    limit: 1,
    ms: BELIEVED_MS,
  });

  constructor(messenger: Messenger) {
    this.#messenger = messenger;
  }

  /** The device behind a name; `directory` is its path, for owservers that cannot list aliases. */
  async find(name: string, directory: string, patience: Patience): Promise<DeviceId | undefined> {
    const byName = this.#list.get(LIST_PATH) ?? (await this.fetch(patience));
    return byName.get(name) ?? this.#ask(directory, patience);
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
    return byName;
  }

  /** Forgets the list: an alias was written. */
  forget(): void {
    this.#list.clear();
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

  /** PRESENCE answers with the serial number of the device; owserver/src/c/data.c, `PresenceHandler`. */
  async #ask(directory: string, patience: Patience): Promise<DeviceId | undefined> {
    const { ret, frames } = await this.#messenger.exchange(
      { type: 'presence', path: directory },
      patience,
    );
    const serial = frames[0]?.payload;
    return ret === 0 && serial?.length === 8 ? fromSerial(serial) : undefined;
  }
}
