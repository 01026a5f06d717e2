import type { Property } from '../properties/property.js';
import type { Serial } from '../serial.js';
import { BatteryMonitor } from './battery-monitor.js';
import { alarmSettingOf } from './alarm-setting.js';
import type { Chip, Store } from './chip.js';
import { Counter } from './counter.js';
import { Coupler } from './coupler.js';
import { Errata } from './errata.js';
import { Memory } from './memory.js';
import { PinPair } from './pin-pair.js';
import type { SensorKind } from './sensor-kinds.js';
import { Switch } from './switch.js';
import { Thermometer } from './thermometer.js';

/** What of a device decides which chips it is made of. */
export interface Parts {
  serial: Serial;
  chip: string;
  branches: readonly string[];
  thermometer: Thermometer | undefined;
  property: (name: string) => Property | undefined;
}

/** The chips whose conversions are not those of a DS18B20. */
const SENSORS: Readonly<Record<string, SensorKind>> = {
  DS18S20: 'DS18S20',
  DS2438: 'DS2438',
  MAX31826: 'MAX31826',
  MAX31850: 'MAX31850',
};

/** What measures temperatures in it. */
export function thermometerOf(parts: Parts, store: Store): Thermometer | undefined {
  if (!parts.property('temperature')) return undefined;
  return new Thermometer(store, parts.serial.family, SENSORS[parts.chip] ?? 'DS18B20');
}

/** All its chips; the first that knows a property answers for it. */
export function chipsOf(parts: Parts, store: Store): Chip[] {
  const { thermometer, serial } = parts;
  const memory = parts.property('memory');
  const chips: Chip[] = [...(thermometer ? [thermometer] : []), ...pinsOf(parts, store)];
  if (parts.property('errata/die')) chips.push(new Errata(serial));
  if (memory) chips.push(new Memory(memory.length, store));
  if (parts.property('counter')) chips.push(new Counter(store));
  if (parts.property('udate')) chips.push(new BatteryMonitor(store));
  return chips;
}

function pinsOf(parts: Parts, store: Store): Chip[] {
  const [pio, latch, sensed] = ['PIO', 'latch', 'sensed'].map((name) => parts.property(name));
  if (parts.branches.length > 0) return [new Coupler(store)];
  if (latch && sensed && parts.thermometer) return [new PinPair(store, latch, sensed)];
  if (!pio || !sensed) return [];
  const alarm = alarmSettingOf((name) => parts.property(name), store);
  return [new Switch(store, { pio, sensed }, alarm)];
}
