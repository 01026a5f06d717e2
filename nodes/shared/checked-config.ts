import { OwError } from '../../client/index.js';
import { PHRASES, type Phrase, type PhraseId } from '../../client/internal.js';
import {
  fits,
  isOn,
  isSwitch,
  numberIn,
  type Bounds,
  type CheckedConfig,
  type Setting,
  type Settings,
  type ValueOf,
} from '../../settings/setting.js';

/** What a flow holds for a node, which may be anything. */
export type Saved = Readonly<Record<string, unknown>>;

/**
 * What a node works with: its settings as a flow holds them, and the defaults of those that are missing.
 * @throws OwError EOW_VALUE that names the first choice or number that is wrong, and what it must be; else the
 * first settings that do not go together.
 */
export function checkedConfig<All extends Settings>(
  settings: All,
  saved: Saved,
): CheckedConfig<All> {
  const valueOf: ValueOf = (name) => saved[name] ?? settings[name]?.value;
  const config = Object.entries(settings).map(([name, setting]) => {
    const value = valueOf(name);
    const wanted = wantedOf(setting);
    if (wanted && !fits(setting, value)) {
      throw new OwError('badOption', { name: nameOf(name), value: shown(setting, value), wanted });
    }
    return [name, inUse(setting, value, valueOf)] as const;
  });
  for (const { clash } of Object.values(settings)) {
    const found = clash?.(valueOf);
    if (found) throw new OwError(found.id, found.params);
  }
  return Object.fromEntries(config) as CheckedConfig<All>;
}

/** What a choice, a switch or a number must be. Of text the client says it, once it is needed. */
function wantedOf(setting: Setting): Phrase | undefined {
  if ('choices' in setting) {
    return { id: 'wanted.choice', params: { choices: setting.choices.join(', ') } };
  }
  if (isSwitch(setting)) return { id: 'wanted.choice', params: { choices: 'true, false' } };
  if ('number' in setting) return wantedNumber(setting.number);
  if (!('from' in setting)) return undefined;
  return { id: 'wanted.wholeNumber', params: { min: setting.from, max: setting.to } };
}

function wantedNumber(bounds: Bounds): Phrase {
  if (bounds.above !== undefined)
    return { id: 'wanted.numberAbove', params: { min: bounds.above } };
  if (bounds.least === undefined) return { id: 'wanted.number' };
  return { id: 'wanted.numberFrom', params: { min: bounds.least, max: bounds.most } };
}

/** In the form in which it is used: numbers are saved as text, a typedInput in two settings. */
function inUse(setting: Setting, value: unknown, valueOf: ValueOf): unknown {
  if ('typeField' in setting) return { value, type: valueOf(setting.typeField) };
  if (isSwitch(setting)) return isOn(value);
  return 'from' in setting || 'number' in setting ? numberIn(value) : value;
}

/** A word of the sentence where there is one for the setting; its own name is good English. */
function nameOf(name: string): Phrase | string {
  const id = `setting.${name}`;
  return isPhrase(id) ? { id } : name;
}

function isPhrase(id: string): id is PhraseId {
  return id in PHRASES;
}

function shown(setting: Setting, value: unknown): string {
  return 'choices' in setting ? `"${String(value)}"` : String(value);
}
