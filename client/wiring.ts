import { Aliases } from './knowledge/aliases.js';
import { Batch } from './verbs/batch.js';
import { Browser } from './verbs/browser.js';
import { Buses } from './bus/buses.js';
import { BusReads } from './bus/bus-reads.js';
import { ChipTypes } from './knowledge/chip-types.js';
import { Converter } from './bus/converter.js';
import { DeviceContents } from './knowledge/device-contents.js';
import { DeviceLists } from './knowledge/device-lists.js';
import { Devices } from './knowledge/devices.js';
import { FamilyTables } from './knowledge/family-tables.js';
import { LostDevices } from './verbs/lost-devices.js';
import { Listings } from './requests/listings.js';
import { Messenger } from './requests/messenger.js';
import { NameBytes } from './requests/name-bytes.js';
import { PathFacts } from './knowledge/path-facts.js';
import { PatternExpander } from './knowledge/pattern-expander.js';
import { PatternProperties } from './knowledge/pattern-properties.js';
import type { Pool } from './transport/pool.js';
import { Presence } from './verbs/presence.js';
import { Reader } from './verbs/reader.js';
import type { ResolvedOptions } from './options.js';
import { Sensors } from './bus/sensors.js';
import { Crowd } from './verbs/turns.js';
import { SharedChips } from './watch/shared-chips.js';
import { SharedLooks } from './watch/shared-looks.js';
import { Walker } from './verbs/walker.js';
import { Writer } from './verbs/writer.js';

/** What a client is made of. */
export interface Parts {
  readonly aliases: Aliases;
  readonly batch: Batch;
  readonly browser: Browser;
  readonly buses: Buses;
  readonly busReads: BusReads;
  readonly chips: SharedChips;
  readonly contents: DeviceContents;
  readonly converter: Converter;
  readonly devices: Devices;
  readonly familyTables: FamilyTables;
  readonly listings: Listings;
  readonly lists: DeviceLists;
  readonly lost: LostDevices;
  readonly looks: SharedLooks;
  readonly messenger: Messenger;
  readonly options: ResolvedOptions;
  readonly pathFacts: PathFacts;
  readonly presence: Presence;
  readonly reader: Reader;
  readonly sensors: Sensors;
  readonly walker: Walker;
  readonly writer: Writer;
}

/** The parts that know something that may become wrong. */
type Forgetful = {
  [Name in keyof Parts]: Parts[Name] extends { forget: () => void } ? Name : never;
}[keyof Parts];

/** Who forgets what was learned, when. */
const FORGET = {
  /** What answers next may be another owserver, with other buses, devices, aliases, tables and switches. */
  connectionLost: [
    'aliases',
    'buses',
    'busReads',
    'contents',
    'converter',
    'familyTables',
    'listings',
    'lists',
    'lost',
    'pathFacts',
    'presence',
    'sensors',
  ],
  /** A device has another name now. */
  aliasWritten: ['aliases', 'pathFacts', 'lists'],
  /** A device turned out to have another name than was thought. */
  aliasChanged: ['pathFacts'],
  /** The command to measure makes owserver forget all volatile values: owlib/src/c/ow_simultaneous.c, `CookTheCache`. */
  cacheEmptied: ['busReads'],
  /** A name turned out to have bytes of its own. */
  nameLearned: ['pathFacts', 'messenger'],
} as const satisfies Readonly<Record<string, readonly Forgetful[]>>;

/** What makes knowledge doubtful. */
type Occasion = keyof typeof FORGET;

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
  const messenger = new Messenger(pool, options, new NameBytes(on('nameLearned')));
  const aliases = new Aliases(messenger, on('aliasChanged'));
  const listings = new Listings(messenger, (...asked) => aliases.byId(...asked));
  const knowledge = wireKnowledge(messenger, aliases, listings, options);
  const bus = wireBus(messenger, listings, knowledge.familyTables, on('cacheEmptied'), options);
  const { pathFacts, patternExpander } = knowledge;
  const shared = { ...knowledge, ...bus, messenger, listings, options };
  const crowds = { read: new Crowd(options.maxQueue), write: new Crowd(options.maxQueue) };
  const presence = new Presence(messenger, pathFacts, listings, bus.buses);
  const walker = new Walker({ ...shared, crowd: crowds.read });
  const parts: Parts = {
    ...shared,
    chips: new SharedChips(),
    browser: new Browser(shared),
    presence,
    lost: new LostDevices({ ...shared, presence }),
    reader: new Reader(shared),
    batch: new Batch(patternExpander, pathFacts, crowds),
    looks: new SharedLooks({ listings, presence, walker }),
    walker,
    writer: new Writer(messenger, pathFacts, on('aliasWritten'), bus.buses, options),
  };
  return { parts, forget };
}

/** What is known of paths, families and devices. */
function wireKnowledge(
  messenger: Messenger,
  aliases: Aliases,
  listings: Listings,
  options: ResolvedOptions,
) {
  const familyTables = new FamilyTables(messenger, listings);
  const chipTypes = new ChipTypes(messenger);
  const pathFacts = new PathFacts(chipTypes, aliases, familyTables, options);
  const devices = new Devices(aliases, chipTypes, options.deviceFormat);
  const lists = new DeviceLists(listings, devices);
  const contents = new DeviceContents(listings, familyTables);
  const properties = new PatternProperties(familyTables, contents);
  const patternExpander = new PatternExpander({ listings, lists, pathFacts, properties });
  return { aliases, contents, familyTables, pathFacts, devices, lists, patternExpander };
}

/** What has to do with the buses. */
function wireBus(
  messenger: Messenger,
  listings: Listings,
  familyTables: FamilyTables,
  onCommand: () => void,
  options: ResolvedOptions,
) {
  const buses = new Buses(messenger, listings);
  const busReads = new BusReads(messenger, buses);
  const sensors = new Sensors(messenger, buses, options);
  const converter = new Converter({ messenger, buses, familyTables, sensors, onCommand, options });
  return { buses, busReads, sensors, converter };
}
