import assert from 'node:assert/strict';
import { OwError } from '../../../client/errors/ow-error.js';
import type { MessageId } from '../../../client/errors/sentences/index.js';
import { parseStructure, type Property } from '../../../client/values/structure.js';

/** The property that a line of `/structure` describes. */
export function property(line: string): Property {
  const parsed = parseStructure(line);
  assert.ok(parsed, line);
  return parsed;
}

/** Asserts that `act` is refused with the sentence of this id, and returns the error. */
export function refuses(act: () => unknown, id: MessageId): OwError {
  try {
    act();
  } catch (error) {
    assert.ok(error instanceof OwError, String(error));
    assert.equal(error.id, id);
    assert.equal(error.code, 'EOW_VALUE');
    assert.doesNotMatch(error.message, /\{\w+\}/, 'a sentence with an empty place');
    return error;
  }
  return assert.fail(`not refused with ${id}`);
}
