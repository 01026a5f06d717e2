import { failingAs } from '../errors/failing-as.js';
import { OwError } from '../errors/ow-error.js';
import type { ResolvedOptions } from '../options.js';
import type { Messenger, Patience } from '../requests/messenger.js';
import { exactPath } from '../values/path.js';
import type { RawMessage, RawReply } from './options.js';
import { checkMessage } from './rules.js';

/** Sends a message as it is, with its path in order; a return value that tells of a failure is part of the answer. */
export async function sendRaw(
  messenger: Messenger,
  message: RawMessage,
  { readOnly }: ResolvedOptions,
  patience: Patience,
): Promise<RawReply[]> {
  checkMessage(message);
  const path = message.path === undefined ? undefined : exactPath(message.path);
  if (message.type === 'write' && readOnly) throw new OwError('clientReadOnly', {}, { path });
  const sent = { ...message, ...(path && { path }) };
  const { frames } = await failingAs(path ?? '', () => messenger.exchange(sent, patience));
  return frames.map(({ header, payload: data }) => {
    const { payload, code, flags, size, offset } = header;
    return { payload, code, flags, size, offset, data };
  });
}
