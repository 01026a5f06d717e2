export * from './constants.js';
export { encodeFlags, decodeFlags, type RequestFlags } from './flags.js';
export { encodeHeader, decodeHeader, encodeFrame, type Header } from './header.js';
export { LISTING_LIMIT, MESSAGE_LIMIT, type AnswerLimit } from './answer-limit.js';
export { FrameDecoder, type Frame } from './frame-decoder.js';
export { encodeRequest, decodeRequest, type Request } from './request.js';
export { splitListing, joinListing } from './listing.js';
export { decodeShort, decodeText } from './text.js';
