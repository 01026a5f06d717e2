import { sentence } from './sentence.js';

/** A name that owserver would not give back. */
export const ALIASES = {
  aliasReserved: sentence(
    'EOW_VALUE',
    'The alias "{value}" begins with "{word}", a word that owserver keeps for itself, so it could not be read: choose another.',
  ),
  aliasLikeId: sentence(
    'EOW_VALUE',
    'The alias "{value}" looks like the id of a device, so it could not be read: choose another.',
  ),
  aliasCharacter: sentence(
    'EOW_VALUE',
    'The alias holds a slash or a control character: choose another.',
  ),
};
