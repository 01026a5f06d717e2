import type { Property } from '../properties/property.js';
import type { Value } from '../properties/value.js';
import { Refusal, Ret } from '../refusal.js';
import type { Serial } from '../serial.js';
import type { Chip } from './chip.js';

type Die = 'B6' | 'B7' | 'C2';

/**
 * The last serial of the dies before B7 and before C2, most significant digit first; ow_1820.c,
 * `DIE`.
 */
const LAST: Readonly<Record<string, readonly [string, string]>> = {
  '10': ['000800591D20', '000800808860'],
  '22': ['00000008978A', '0000000CB81A'],
  '28': ['000000545010', '000000662B50'],
};

/**
 * What owserver concludes from the serial of an old thermometer: only dies B7 and C2 can be
 * trimmed.
 */
export class Errata implements Chip {
  readonly #die: Die;

  constructor({ family, id }: Serial) {
    this.#die = dieOf(family, Buffer.from(id, 'hex').reverse().toString('hex').toUpperCase());
  }

  read({ name }: Property): Value | undefined {
    if (name === 'errata/die') return this.#die;
    if (name === 'errata/trimblanket') this.#mustBeTrimmable();
    return name === 'errata/trimvalid' && this.#die === 'B6' ? 1 : undefined;
  }

  write({ name }: Property): boolean {
    if (name.startsWith('errata/')) this.#mustBeTrimmable();
    return false;
  }

  #mustBeTrimmable(): void {
    if (this.#die === 'B6') throw new Refusal(Ret.invalid);
  }
}

function dieOf(family: string, digits: string): Die {
  const [beforeB7 = '', beforeC2 = ''] = LAST[family] ?? [];
  if (digits > beforeC2) return 'C2';
  return digits > beforeB7 ? 'B7' : 'B6';
}
