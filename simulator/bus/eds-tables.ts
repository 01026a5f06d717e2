import type { EdsChip } from '../device-definition.js';

/** What each of them measures. */
const CHIPS = {
  EDS0064: ['temp'],
  EDS0065: ['temp', 'humidity', 'dew_point', 'humidex', 'heat_index'],
  EDS0066: ['temp', 'pressure', 'inHg'],
  EDS0067: ['temp', 'light'],
  EDS0068: [
    ...['temp', 'humidity', 'dew_point', 'humidex', 'heat_index'],
    ...['pressure', 'inHg', 'light'],
  ],
} as const satisfies Record<EdsChip, readonly string[]>;

/** Type of each quantity. */
const TYPES = {
  temp: 't',
  humidity: 'f',
  dew_point: 't',
  humidex: 'f',
  heat_index: 't',
  pressure: 'p',
  inHg: 'f',
  light: 'u',
} as const;

/** owserver has a blank in this one name; owlib/src/c/ow_eds.c. */
const SLIP = 'EDS0067/threshold/light_hi';

function tableOf(chip: string, quantities: readonly (keyof typeof TYPES)[]): string {
  const rows = quantities.flatMap((quantity) => {
    const name = quantity === 'temp' ? 'temperature' : quantity;
    const type = TYPES[quantity];
    const limits = ['hi', 'low'].flatMap((limit) => [
      `alarm/${quantity}_${limit} y ro 1 v`,
      `set_alarm/${quantity}_${limit} y rw 1 v`,
      `threshold/${quantity}_${limit} ${type} rw 12 s`,
    ]);
    return [`${name} ${type} ro 12 v`, ...limits];
  });
  const all = [
    ...rows,
    'LED/control u rw 12 v',
    'LED/state y rw 1 v',
    'alarm/clear y wo 1 s',
    'counter/seconds u ro 12 t',
    'relay/control u rw 12 v',
    'relay/state y rw 1 v',
  ];
  return all.map((row) => `${chip}/${row} ${chip}`.replace(SLIP, `${SLIP}%20`)).join('\n');
}

/** Family 7E, whose chips have a directory each; the simulator has those for the climate. */
export const EDS = `
  device_id u ro 12 s
  device_type a ro 7 v
  memory b rw 96 v
  pages/page b[3] rw 32 v
  tag a ro 30 s
  ${Object.entries(CHIPS)
    .map(([chip, quantities]) => tableOf(chip, quantities))
    .join('\n')}
`;
