import { besideNumber, fixedType, takes, type Line, type Wanted } from './fit.js';
import { countOf, problemOf } from './judge.js';

/** What the field of a value shows to help it fit the property. */
export interface Help {
  /** State of the switch, where there is one. */
  readonly on?: boolean | undefined;
  /** Stands behind a number. */
  readonly beside?: Line | undefined;
  readonly words?: Line | undefined;
  readonly problem?: Line | undefined;
  /** Is a fixed value offered in place of the message's? */
  readonly offersFixed?: boolean;
}

/** A property, and whether it can be written at all. */
export type Target = Wanted & { readonly writable: boolean };

/** What to show for what stands in the field; nothing for a property that nothing is known of. */
export function helpFor(target: Target | undefined, type: string, text: string): Help {
  const fixed = target && fixedType(target);
  if (!target || fixed === undefined) return {};
  if (!target.writable) return { problem: { key: 'problem.notWritable' } };
  if (type !== fixed) return { words: takes(target), offersFixed: type === 'msg' };
  return {
    on: type === 'bool' ? text === 'true' : undefined,
    beside: type === 'num' ? besideNumber(target) : undefined,
    words: countOf(target, text),
    problem: problemOf(target, text),
  };
}

/** What is wrong with a value that stands in the field itself. */
export function valueProblem(
  target: Target | undefined,
  type: string,
  text: string,
): Line | undefined {
  return target?.writable && type === fixedType(target) ? problemOf(target, text) : undefined;
}

/** The property as it is from an offset on: with less room. */
export function behind<Kind extends Wanted>(wanted: Kind, offset: string): Kind {
  const { length, count } = wanted;
  const bytes = Number(offset);
  if (length === undefined || count !== undefined || !(bytes > 0)) return wanted;
  return { ...wanted, length: Math.max(0, length - bytes) };
}
