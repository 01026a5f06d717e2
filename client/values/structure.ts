import { OwError } from '../errors/ow-error.js';
import { MAX_PAYLOAD } from '../protocol/index.js';
import { inEnglish } from '../errors/sentences/index.js';
import type { Phrase } from '../errors/phrases.js';
import type { Shape } from './shape.js';
import { isPropertyType, traitsOf, type PropertyType } from './types.js';

/** What `/structure/<family>/<property>` says about a property. */
export interface Property extends Shape {
  readonly type: PropertyType;
  /** `oo` neither read nor written. */
  readonly access: 'ro' | 'rw' | 'wo' | 'oo';
  /** How often it changes: f fixed, s stable, v volatile, t every second. */
  readonly change: string;
}

const LINE = /^([a-z?]),([^,]*),([^,]*),(ro|rw|wo|oo),([^,]*),([a-z]),?$/i;

/**
 * Reads a line such as `t,000000,000001,ro,000012,v,`; `xxx` for a number counts as 0. A line with more
 * elements or bytes than a message of owserver's can hold is none.
 */
export function parseStructure(text: string): Property | undefined {
  const [, letter, index, elements, access, length, change] = LINE.exec(text.trim()) ?? [];
  if (letter === undefined || change === undefined) return undefined;
  const shape = { index: whole(index), elements: whole(elements), length: whole(length) };
  if (shape.elements > MAX_PAYLOAD || shape.length > MAX_PAYLOAD) return undefined;
  return {
    type: isPropertyType(letter) ? letter : '?',
    ...shape,
    access: access as Property['access'],
    change,
  };
}

/** Whether one element of the property is a number, which owserver pads to twelve characters. */
export function isNumeric(property: Property): boolean {
  return traitsOf(property).padded;
}

/** Whether a part of the value makes sense: a part of a number would be another number. */
export function hasParts(property: Property): boolean {
  return traitsOf(property).parts;
}

/** The kind of a property as a word of a sentence, to follow "is a". */
export function kindOf(property: Property): Phrase {
  return { id: traitsOf(property).phrase };
}

/** The kind of a property in English words. */
export function kindName(property: Property): string {
  return inEnglish(kindOf(property));
}

/** @throws OwError EOW_VALUE when the property can only be written, or not even that. */
export function checkReadable(property: Property | undefined, path: string): void {
  if (property?.access === 'wo' || property?.access === 'oo') {
    throw new OwError('notReadable', {}, { path });
  }
}

/** @throws OwError EOW_VALUE when the property can only be read, or not even that. */
export function checkWritable(property: Property | undefined, path: string): void {
  if (property?.access === 'ro' || property?.access === 'oo') {
    throw new OwError('notWritable', {}, { path });
  }
}

function whole(text = ''): number {
  const number = Number.parseInt(text, 10);
  return Number.isNaN(number) ? 0 : number;
}
