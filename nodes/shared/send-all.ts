import type { Message, Send } from './red.js';
import { Stretch } from './stretch.js';

/** One by one: of several at a time Node-RED would copy all but the first once more. */
export async function sendAll(send: Send, messages: readonly Message[]): Promise<void> {
  const [first] = messages;
  if (messages.length === 1 && first) {
    send(first);
    return;
  }
  const stretch = new Stretch();
  for (const message of messages) {
    send(message);
    await stretch.rest();
  }
}
