/**
 * What the nodes and the build need of the client beside its door: the words of its errors, for
 * translation, and how it waits. package.json does not export it, so programs do not reach it and it
 * may change.
 */
export { cut } from './errors/cut.js';
export { ERROR_CODES } from './errors/error-codes.js';
export { isOfConnection } from './errors/of-connection.js';
export { reasonOf } from './errors/ow-error.js';
export { PHRASES, type Phrase, type PhraseId, type SettingName } from './errors/phrases.js';
export { MESSAGES, type MessageId, type Params, type Word } from './errors/sentences/index.js';
export { shownPath } from './values/path.js';
export { isAnswered } from './watch/answers.js';
export { within } from './transport/within.js';
export { isJsonBuffer } from './values/codecs/bytes.js';
export { listsAnew } from './values/path.js';
