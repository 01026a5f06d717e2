import type { PropertyInfo, ValueKind } from '../../../contract/admin-api.js';
import { pathsIn } from '../../../editor/paths.js';
import type { Rows } from '../../../editor/watch/rows.js';
import { isOn, numberIn, type ValueOf } from '../../../settings/setting.js';

/** Values that are no numbers. */
const OTHERS: readonly ValueKind[] = ['yesno', 'text', 'date', 'binary'];

/** What shows 85 °C after power-on. */
const TEMPERATURE = /^(temperature(9|1[0-2])?|fasttemp|latesttemp)$/;

/**
 * Which rows matter: by what the fields hold, and by what is known of the path. What is set matters always, but
 * for words that would change nothing.
 */
export function rowsThatMatter(saved: ValueOf, about?: PropertyInfo): Rows {
  const type = text(saved('pathType'));
  const paths = pathsIn(type, text(saved('path')));
  const isSet = (...names: string[]): boolean => names.some((name) => text(saved(name)) !== '');
  const isPart = ['text', 'buffer'].includes(text(saved('value')));
  const isNumber = !isPart && (about === undefined || !OTHERS.includes(about.kind));
  const isFixed = paths.length > 0;
  const isSeveral = !isFixed || type === 'json' || paths.some(isPattern);
  const looksAlone = numberIn(saved('repeat')) !== undefined || isOn(saved('once'));
  return {
    'ow-read-part': isPart || isSet('offset', 'size'),
    'ow-read-por85': !isPart && (!isFixed || paths.some(mayBeTemperature)),
    'ow-read-results': isSeveral,
    'ow-read-deadband': saved('emit') === 'deadband',
    'ow-read-decimals': isNumber || isSet('decimals'),
    'ow-read-plausible': isNumber || isSet('rangeMin', 'rangeMax', 'maxStep'),
    'ow-read-missing': isSeveral || looksAlone,
  };
}

function mayBeTemperature(path: string): boolean {
  const property = path.trim().replace(/\/+$/, '').split('/').at(-1) ?? '';
  return isPattern(property) || TEMPERATURE.test(property);
}

function isPattern(path: string): boolean {
  return path.includes('*');
}

function text(held: unknown): string {
  return typeof held === 'string' || typeof held === 'number' ? String(held).trim() : '';
}
