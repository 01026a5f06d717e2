import type { DeviceDefinition } from './device-definition.js';
import type { Script } from './script.js';

const MINUTE_MS = 60_000;

/** A value that swings slowly and smoothly around `mean` by `swing`, once in `minutes`. */
function drift(mean: number, swing: number, minutes: number): (ms: number) => number {
  return (ms) => mean + swing * Math.sin((2 * Math.PI * ms) / (minutes * MINUTE_MS));
}

/** A meter that counts `perHour` pulses on top of `start`, from the beginning of 2026 on. */
function meter(start: number, perHour: number): (ms: number) => number {
  const since = Date.UTC(2026, 0, 1);
  return (ms) => start + ((ms - since) / (60 * MINUTE_MS)) * perHour;
}

/** The bus of the demo: a house with heating, some relays and a meter. */
export const DEMO_DEVICES: readonly DeviceDefinition[] = [
  // Living room.
  { id: '28.021000000000', values: { temperature: drift(21, 0.8, 17), templow: 16, temphigh: 26 } },
  // Garden.
  {
    id: '28.022000000000',
    alias: 'outside',
    values: { temperature: drift(7, 2.5, 43), templow: -15, temphigh: 35 },
  },
  // Boiler: its alarm comes and goes.
  { id: '28.023000000000', values: { temperature: drift(58, 4, 11), templow: 30, temphigh: 60 } },
  // Cellar, an older sensor.
  { id: '10.024000000000', values: { temperature: drift(13, 0.4, 61), templow: 5, temphigh: 25 } },
  // Two relays: pump and garden light.
  { id: '3A.025000000000' },
  // Eight channels: four relays, and contacts of doors and windows on channels 4 to 7, which are in
  // alarm once they changed. The front door is on 4: low while it is closed.
  {
    id: '29.026000000000',
    values: {
      por: 0,
      set_alarm: 133_330_000,
      'sensed.4': 0,
      'sensed.5': (ms) => Math.floor(ms / (2 * MINUTE_MS)) % 2,
    },
  },
  // Meters of electricity and water.
  {
    id: '1D.027000000000',
    values: { 'counter.A': meter(120_000, 720), 'counter.B': meter(3_400, 40) },
  },
  // Humidity in the bathroom.
  {
    id: '26.028000000000',
    values: {
      humidity: drift(54, 6, 23),
      temperature: drift(22, 0.6, 19),
      VAD: drift(2.4, 0.2, 23),
      VDD: 5.02,
      vis: 0.0005,
    },
  },
  // Key on the reader at the door.
  { id: '01.029000000000' },
];

const DOOR = { device: '29.026000000000', pulse: 'sensed.4' } as const;
const KEY = { device: '01.029000000000' } as const;
/** No other thermometer is lost: the demo and the examples read these all the time. */
const CELLAR = { device: '10.024000000000' } as const;

/**
 * Ten minutes in this house, over and over: the front door opens, the key leaves and comes home, the
 * sensor in the cellar has a loose contact. Nothing that measures is lost in the first two minutes.
 */
export const DEMO_SCRIPT: Script = {
  loop: 600,
  steps: [
    { at: 20, ...DOOR, seconds: 6 },
    { at: 75, ...DOOR, seconds: 4 },
    { at: 85, ...KEY, pull: true },
    { at: 125, ...DOOR, seconds: 5 },
    { at: 130, ...KEY, plug: true },
    { at: 240, ...CELLAR, pull: true },
    { at: 300, ...CELLAR, plug: true },
    { at: 330, ...DOOR, seconds: 8 },
    { at: 340, ...KEY, pull: true },
    { at: 460, ...DOOR, seconds: 4 },
    { at: 465, ...KEY, plug: true },
  ],
};
