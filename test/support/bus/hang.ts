import { Ds18b20, LOW_BITS } from './chips/ds18b20.js';
import { Ds18s20 } from './chips/ds18s20.js';
import { Ds2401 } from './chips/ds2401.js';
import { Ds2406 } from './chips/ds2406.js';
import { Ds2408 } from './chips/ds2408.js';
import { Ds2409 } from './chips/ds2409.js';
import { Ds2413 } from './chips/ds2413.js';
import { Ds2423 } from './chips/ds2423.js';
import { Ds2438 } from './chips/ds2438.js';
import { Ds28ea00 } from './chips/ds28ea00.js';
import { Max31826 } from './chips/max31826.js';
import { Max31850 } from './chips/max31850.js';
import type { ChipSetup, Model } from './setup.js';
import type { Slave, WireSide } from './slave.js';

type Make = (setup: ChipSetup, wire: WireSide, conversionMs: number) => Slave;

/** The three of family 3B. */
const MODELS: Readonly<Record<Model, Make>> = {
  DS1825: (setup, wire, ms) => new Ds18b20(setup, wire, ms, LOW_BITS.ds1825),
  MAX31826: (setup, wire, ms) => new Max31826(setup, wire, ms),
  MAX31850: (setup, wire, ms) => new Max31850(setup, wire, ms),
};

/** By family. */
const CHIPS: Readonly<Record<string, Make>> = {
  '01': (setup, wire) => new Ds2401(setup, wire),
  '10': (setup, wire, ms) => new Ds18s20(setup, wire, ms),
  '12': (setup, wire) => new Ds2406(setup, wire),
  '1D': (setup, wire) => new Ds2423(setup, wire),
  '1F': (setup, wire) => new Ds2409(setup, wire),
  '22': (setup, wire, ms) => new Ds18b20(setup, wire, ms),
  '26': (setup, wire) => new Ds2438(setup, wire),
  '28': (setup, wire, ms) => new Ds18b20(setup, wire, ms),
  '29': (setup, wire) => new Ds2408(setup, wire),
  '3A': (setup, wire) => new Ds2413(setup, wire),
  '3B': (setup, wire, ms) => MODELS[setup.model ?? 'DS1825'](setup, wire, ms),
  '42': (setup, wire, ms) => new Ds28ea00(setup, wire, ms),
};

/** The slaves of a bus by id, and those of them that no coupler stands before. */
export interface Hung {
  readonly slaves: ReadonlyMap<string, Slave>;
  readonly trunk: readonly Slave[];
}

/** Makes the chips and hangs each on the trunk or behind its coupler; all power on. */
export function hang(devices: readonly ChipSetup[], wire: WireSide, conversionMs: number): Hung {
  const slaves = new Map<string, Slave>();
  for (const setup of devices) {
    const make = CHIPS[setup.id.slice(0, 2).toUpperCase()];
    if (!make) throw new Error(`There is no chip for ${setup.id}`);
    if (slaves.has(setup.id)) throw new Error(`${setup.id} is there twice`);
    const slave = make(setup, wire, conversionMs);
    slave.powerOn();
    slaves.set(setup.id, slave);
  }
  return { slaves, trunk: devices.flatMap((setup) => place(setup, slaves)) };
}

/** Hangs a slave behind its coupler, or answers it for the trunk. */
function place({ id, on }: ChipSetup, slaves: ReadonlyMap<string, Slave>): Slave[] {
  const slave = slaves.get(id);
  if (!slave) return [];
  if (!on) return [slave];
  const hub = slaves.get(on.hub);
  if (!(hub instanceof Ds2409)) throw new Error(`${on.hub} is no coupler on this bus`);
  hub.branches[on.branch].push(slave);
  return [];
}
