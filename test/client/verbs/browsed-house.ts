import assert from 'node:assert/strict';
import type { OwserverClient, PropertyInfo } from '../../../client/index.js';
import type { DeviceDefinition } from '../../../simulator/index.js';

/** A thermometer that is called `living`. */
export const LIVING = '28.000000000001';
/** A thermometer whose alias owserver takes for one of its directories, `settingsX`. */
export const SHED = '28.000000000002';
/** Eight channels. */
export const SWITCH = '29.000000000004';
/** Two channels. */
export const RELAY = '3A.000000000005';
/** A coupler, with `larder` on its main branch. */
export const HUB = '1F.000000000007';

/** What there is to look around in. */
export const HOUSE: DeviceDefinition[] = [
  { id: LIVING, alias: 'living', values: { temperature: 21 } },
  { id: SHED, alias: 'settingsX', values: { temperature: 2 } },
  { id: SWITCH, values: { por: 0 } },
  { id: RELAY },
  { id: '26.000000000006' },
  {
    id: HUB,
    main: [{ id: '10.000000000008', alias: 'larder' }, { id: '28.000000000009' }],
    aux: [{ id: '01.00000000000A' }],
  },
];

/** What is told of one property of a directory. */
export async function info(
  client: OwserverClient,
  directory: string,
  name: string,
): Promise<PropertyInfo | undefined> {
  const entry = (await client.browse(directory)).find((each) => each.name === name);
  assert.ok(entry, `${directory}/${name} is not listed`);
  const { path } = await client.identify(`${directory}/${name}`);
  assert.deepEqual([entry.path, entry.kind], [path, 'property']);
  return entry.property;
}
