import { Aliases } from './knowledge/aliases.js';
import { Browser } from './verbs/browser.js';
import { Buses } from './bus/buses.js';
import { BusReads } from './bus/bus-reads.js';
import { Catalogue } from './knowledge/path-facts.js';
import { Converter } from './bus/converter.js';
import { DeviceLists } from './knowledge/device-lists.js';
import { Devices } from './knowledge/devices.js';
import { Expander } from './knowledge/pattern-expander.js';
import { Listings } from './requests/listings.js';
import { Messenger } from './requests/messenger.js';
import { Names } from './requests/name-bytes.js';
import type { ResolvedOptions } from './options.js';
import type { Pool } from './transport/pool.js';
import { Presence } from './verbs/presence.js';
import { Reader } from './verbs/reader.js';
import { Sensors } from './bus/sensors.js';
import { Several } from './verbs/batch.js';
import { Structures } from './knowledge/family-tables.js';
import { Walker } from './verbs/walker.js';
import { Writer } from './verbs/writer.js';

/** What a client is made of. */
export interface Parts {
  readonly aliases: Aliases;
  readonly browser: Browser;
  readonly buses: Buses;
  readonly busReads: BusReads;
  readonly catalogue: Catalogue;
  readonly converter: Converter;
  readonly devices: Devices;
  readonly lists: DeviceLists;
  readonly listings: Listings;
  readonly messenger: Messenger;
  readonly presence: Presence;
  readonly reader: Reader;
  readonly sensors: Sensors;
  readonly several: Several;
  readonly walker: Walker;
  readonly writer: Writer;
}

/** The parts that know something that may become wrong. */
type Forgetful = {
  [Name in keyof Parts]: Parts[Name] extends { forget: () => void } ? Name : never;
}[keyof Parts];

/** Who forgets what was learned, when. */
const FORGET = {
  /** What answers next may be another owserver, with other buses and switches. */
  connectionLost: ['listings', 'lists', 'walker', 'buses', 'busReads', 'sensors', 'presence'],
  /** A device has another name now. */
  aliasWritten: ['aliases', 'catalogue', 'lists'],
  /** The command to measure makes owserver forget all volatile values: owlib/src/c/ow_simultaneous.c, `CookTheCache`. */
  cacheEmptied: ['busReads'],
  /** A name turned out to have bytes of its own. */
  nameLearned: ['catalogue', 'messenger'],
  /** What is listed anew may show that the lists that are kept are out of date. */
  listedAnew: ['lists'],
} as const satisfies Readonly<Record<string, readonly Forgetful[]>>;

/** What makes knowledge doubtful. */
export type Occasion = keyof typeof FORGET;

/** The parts of one client, and what they are told to forget. */
export interface Wiring {
  readonly parts: Parts;
  readonly forget: (occasion: Occasion) => void;
}

/** Puts the parts of a client together, each with the others that it needs. */
export function wire(pool: Pool, options: ResolvedOptions): Wiring {
  const forget = (occasion: Occasion): void => {
    for (const name of FORGET[occasion]) parts[name].forget();
  };
  const on = (occasion: Occasion) => (): void => forget(occasion);
  const messenger = new Messenger(pool, options, new Names(on('nameLearned')));
  const listings = new Listings(messenger);
  const knowledge = wireKnowledge(messenger, listings, options);
  const bus = wireBus(messenger, listings, knowledge.structures, on('cacheEmptied'), options);
  const { aliases, catalogue, expander, lists, structures } = knowledge;
  const shared = { ...knowledge, ...bus, messenger, listings, options };
  const parts: Parts = {
    ...shared,
    browser: new Browser({ ...shared, onListed: on('listedAnew') }),
    presence: new Presence(messenger, catalogue, listings, bus.buses),
    reader: new Reader(shared),
    several: new Several(expander, lists, options),
    walker: new Walker(listings, structures, aliases),
    writer: new Writer(messenger, catalogue, on('aliasWritten'), bus.buses, options),
  };
  return { parts, forget };
}

/** What is known of paths, families and devices. */
function wireKnowledge(messenger: Messenger, listings: Listings, options: ResolvedOptions) {
  const aliases = new Aliases(messenger);
  const structures = new Structures(messenger, listings);
  const catalogue = new Catalogue(messenger, aliases, structures, options);
  const devices = new Devices(aliases, catalogue, options.deviceFormat);
  const lists = new DeviceLists(listings, devices);
  const expander = new Expander(listings, lists, catalogue, structures);
  return { aliases, structures, catalogue, devices, lists, expander };
}

/** What has to do with the buses. */
function wireBus(
  messenger: Messenger,
  listings: Listings,
  structures: Structures,
  onCommand: () => void,
  options: ResolvedOptions,
) {
  const buses = new Buses(messenger, listings);
  const busReads = new BusReads(messenger, buses);
  const sensors = new Sensors(messenger, buses, options);
  const converter = new Converter({ messenger, buses, structures, sensors, onCommand, options });
  return { buses, busReads, sensors, converter };
}
