import { givingUp, sentence } from './sentence.js';

/** More than is taken of what a server lists. */
export const LISTINGS = {
  listingTooBig: givingUp(
    'EOW_VALUE',
    '{path} holds more than the {entries} entries or {bytes} bytes that are listed at once: list a directory below it, or one bus.',
  ),
  walkTooBig: sentence(
    'EOW_VALUE',
    'There is more in {path} than is looked through at once ({entries} entries, {listings} directories, {depth} of them one in another): ask for a part of it.',
  ),
};
