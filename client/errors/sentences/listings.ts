import { givingUp, sentence } from './sentence.js';

/** More than is taken of a server at once. */
export const LISTINGS = {
  listingTooBig: givingUp(
    'EOW_VALUE',
    '{path} holds more than the {entries} entries or {bytes} bytes that are listed at once: list a directory below it, or one bus.',
  ),
  valuesTooBig: sentence(
    'EOW_VALUE',
    'There is no room for {path} beside the other values, which have {bytes} bytes already: read fewer at once.',
  ),
  walkTooBig: sentence(
    'EOW_VALUE',
    'There is more in {path} than is looked through at once ({entries} entries, {listings} directories, {depth} of them one in another): ask for a part of it.',
  ),
};
