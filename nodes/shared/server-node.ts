import type { ClientStatus, OwserverClient } from '../../client/index.js';
import type { RuntimeNode } from './red.js';

/** What an owserver-config node offers to the nodes that use it. */
export interface ServerNode extends RuntimeNode {
  /** Missing when the configuration is wrong; `problem` then says why. */
  readonly client: OwserverClient | undefined;
  readonly problem: Error | undefined;
  /** Adds a user, who hears the state of the connection now and at each change; returns how to leave. */
  join: (user: RuntimeNode, onStatus: (status: ClientStatus) => void) => () => void;
}

/** Is this node one of ours? A flow may name any node as its server. */
export function isServerNode(node: unknown): node is ServerNode {
  return typeof node === 'object' && node !== null && 'join' in node && 'client' in node;
}
