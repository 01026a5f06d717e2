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

/** What the verbs of a client are made of. */
export interface Parts {
  readonly messenger: Messenger;
  readonly listings: Listings;
  readonly devices: Devices;
  readonly lists: DeviceLists;
  readonly browser: Browser;
  readonly walker: Walker;
  readonly presence: Presence;
  readonly converter: Converter;
  readonly reader: Reader;
  readonly writer: Writer;
  readonly several: Several;
  /** Forgets what was learned of the owserver: another one may answer next. */
  readonly forget: () => void;
}

/** Puts the parts of a client together, each with the others that it needs. */
export function makeParts(pool: Pool, options: ResolvedOptions): Parts {
  const names = new Names(() => {
    catalogue.forget();
    messenger.forget();
  });
  const messenger = new Messenger(pool, options, names);
  const aliases = new Aliases(messenger);
  const listings = new Listings(messenger);
  const structures = new Structures(messenger, listings);
  const catalogue = new Catalogue(messenger, aliases, structures, options);
  const devices = new Devices(aliases, catalogue, options.deviceFormat);
  const lists = new DeviceLists(listings, devices);
  const expander = new Expander(listings, lists, catalogue, structures);
  const walker = new Walker(listings, structures, aliases);
  const buses = new Buses(messenger, listings);
  const busReads = new BusReads(messenger, buses);
  // The command makes owserver forget all volatile values: owlib/src/c/ow_simultaneous.c, `CookTheCache`.
  const onCommand = (): void => busReads.forget();
  const sensors = new Sensors(messenger, buses, options);
  const converter = new Converter({ messenger, buses, structures, sensors, onCommand, options });
  const presence = new Presence(messenger, catalogue, listings, buses);
  const onRenamed = (): void => [aliases, catalogue, lists].forEach((part) => part.forget());
  const onDown = [listings, lists, walker, buses, busReads, sensors, presence];
  return {
    messenger,
    listings,
    devices,
    lists,
    browser: new Browser({ listings, lists, devices, catalogue, structures, expander, options }),
    walker,
    presence,
    converter,
    reader: new Reader({ messenger, catalogue, converter, sensors, busReads, options }),
    writer: new Writer(messenger, catalogue, onRenamed, buses, options),
    several: new Several(expander, lists, options),
    forget: () => onDown.forEach((part) => part.forget()),
  };
}
