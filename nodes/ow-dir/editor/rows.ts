import type { Rows } from '../../../editor/watch/rows.js';
import { numberIn, type ValueOf } from '../../../settings/setting.js';

/** Which rows matter, by what the fields hold. */
export function rowsThatMatter(saved: ValueOf): Rows {
  const list = saved('list');
  const isChange = saved('emit') === 'change';
  // Who comes and goes is seen only on the bus.
  const searches = list === 'devices' && isChange && numberIn(saved('repeat')) !== undefined;
  return {
    'ow-dir-depth': list === 'tree',
    'ow-dir-family': list === 'devices' || list === 'alarm',
    'ow-dir-source': list !== 'alarm' && list !== 'present' && !searches,
    'ow-dir-results': list !== 'present',
    'ow-dir-misses': isChange && (list === 'devices' || list === 'present'),
    'ow-dir-alarm': list === 'alarm',
  };
}
