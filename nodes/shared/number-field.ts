import { OwError } from '../../client/index.js';
import type { SettingName } from '../../client/internal.js';

/**
 * The number in a field of the editor, which saves it as text; an empty one is undefined.
 * @throws OwError EOW_VALUE when it is no whole number or below `min`.
 */
export function wholeNumber(
  name: SettingName,
  field: string | number | undefined,
  min: number,
): number | undefined {
  if (field === undefined || field === '') return undefined;
  const value = Number(field);
  if (Number.isSafeInteger(value) && value >= min) return value;
  throw new OwError('badOption', {
    name: { id: `setting.${name}` },
    value: String(field),
    wanted: { id: 'wanted.atLeast', params: { min } },
  });
}
