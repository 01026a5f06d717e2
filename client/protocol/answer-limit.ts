import { OwError } from '../errors/ow-error.js';
import { MAX_ENTRIES, MAX_LISTING, MAX_PAYLOAD } from './constants.js';

/** How much a server may say in one answer. */
export interface AnswerLimit {
  readonly bytes: number;
  /** Frames, of an answer that has several. */
  readonly frames: number;
  /** The error for one that says more. */
  readonly exceeded: (bytes: number) => OwError;
}

/** Of any answer but a listing: more than this is no owserver's. */
export const MESSAGE_LIMIT: AnswerLimit = {
  bytes: MAX_PAYLOAD,
  frames: MAX_ENTRIES,
  exceeded: (bytes) => new OwError('payloadTooBig', { bytes, limit: MAX_PAYLOAD }),
};

/** Of a listing: owserver itself has none for these. */
export const LISTING_LIMIT: AnswerLimit = {
  bytes: MAX_LISTING,
  frames: MAX_ENTRIES,
  exceeded: listingTooBig,
};

function listingTooBig(): OwError {
  return new OwError('listingTooBig', { entries: MAX_ENTRIES, bytes: MAX_LISTING });
}
