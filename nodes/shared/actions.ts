import { OwError, type OwserverClient } from '../../client/index.js';
import type { Message } from './red.js';

/** What a message can do to a node in place of asking it for something, as those of the MQTT nodes. */
const ACTIONS = ['connect', 'disconnect', 'start', 'stop'] as const;

type Action = (typeof ACTIONS)[number];

/** The looks that a node makes by itself. */
export interface Repeat {
  /** Is it set to? */
  readonly repeats: boolean;
  readonly start: () => void;
  readonly stop: () => void;
}

/** Is it about the node, and not about the bus? */
export function hasAction({ action }: Message): boolean {
  return action !== undefined && action !== null && action !== '';
}

/**
 * Does what `msg.action` says: of the connection of the server, or of the node's repeat.
 * @throws OwError EOW_VALUE for what it cannot be, or the reason why there is no connection.
 */
export async function act(
  { action }: Message,
  client: OwserverClient,
  repeat: Repeat | undefined,
): Promise<void> {
  if (!isAction(action))
    throw new OwError('noAction', { action: describe(action), actions: ACTIONS.join(', ') });
  if (action === 'connect') await client.connect();
  else if (action === 'disconnect') client.disconnect();
  else if (repeat?.repeats) repeat[action]();
  else throw new OwError('noRepeat', { action });
}

function isAction(action: unknown): action is Action {
  return ACTIONS.some((each) => each === action);
}

function describe(action: unknown): string {
  return typeof action === 'string' ? `"${action}"` : typeof action;
}
