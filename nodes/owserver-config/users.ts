import type { ClientStatus, OwserverClient } from '../../client/index.js';
import type { RuntimeNode } from '../shared/red.js';

/** The flow nodes that use one server: the first one opens the connection, each hears of its state. */
export class Users {
  /** A plain object, as Node-RED wants it: it tells Status and Catch nodes where a config node is used. */
  readonly byId: Record<string, RuntimeNode> = {};
  readonly #client: OwserverClient | undefined;

  constructor(client: OwserverClient | undefined) {
    this.#client = client;
  }

  /** Adds a user, who hears the state now and at each change; returns how to leave. */
  join(user: RuntimeNode, onStatus: (status: ClientStatus) => void): () => void {
    const client = this.#client;
    const first = Object.keys(this.byId).length === 0;
    this.byId[user.id] = user;
    if (!client) return () => this.#leave(user);
    onStatus(client.status);
    const stop = client.onStatus(onStatus);
    // A first try that fails is told by the state, and tried again from there.
    if (first) client.connect().catch(() => undefined);
    return () => {
      stop();
      this.#leave(user);
    };
  }

  /** After a deploy the new node of the same id has come before the old one goes. */
  #leave(user: RuntimeNode): void {
    if (this.byId[user.id] === user) Reflect.deleteProperty(this.byId, user.id);
  }
}
