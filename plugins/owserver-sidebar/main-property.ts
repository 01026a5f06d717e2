/** What a device of each family is bought for: the property that its row shows. */
const MAIN: Readonly<Record<string, string>> = {
  '05': 'PIO',
  '10': 'temperature',
  '12': 'sensed.ALL',
  '1C': 'sensed.ALL',
  '1D': 'counter.ALL',
  '20': 'volt.ALL',
  '21': 'temperature',
  '22': 'temperature',
  '26': 'temperature',
  '28': 'temperature',
  '29': 'sensed.ALL',
  '30': 'temperature',
  '3A': 'sensed.ALL',
  '3B': 'temperature',
  '42': 'temperature',
  '7E': 'temperature',
};

/** The path of the main property of a device; nothing for families that have none. */
export function mainProperty(path: string, family: string): string | undefined {
  const name = MAIN[family];
  return name && `${path}/${name}`;
}
