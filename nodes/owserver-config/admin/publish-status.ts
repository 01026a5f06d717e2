import type { ClientStatus } from '../../../client/index.js';
import type { NodeAPI, RuntimeNode } from '../../shared/red.js';
import type { ServerNode } from '../../shared/server-node.js';

/**
 * Tells the editors the state of a server's connection, now and at each change. Node-RED keeps the last
 * one for editors that open later, until the server is closed.
 */
export function tellEditors(
  RED: NodeAPI,
  id: string,
  { client, problem }: Pick<ServerNode, 'client' | 'problem'>,
): void {
  const publish = (state: object, isLast = false): void =>
    RED.comms.publish(`owserver/${id}`, state, !isLast);
  if (client) {
    client.onStatus((status) => publish(toState(status), status.type === 'closed'));
    publish(toState(client.status));
  } else if (problem) {
    publish({ type: 'misconfigured', error: plain(problem) });
    // The node is known to Node-RED only after this.
    setImmediate(() => {
      const node = RED.nodes.getNode(id) as RuntimeNode | null;
      node?.on('close', (_removed, done) => {
        publish({ type: 'closed' }, true);
        done();
      });
    });
  }
}

function toState(status: ClientStatus): object {
  if (status.type !== 'disconnected') return status;
  return { ...status, error: plain(status.error) };
}

/** An error as data; the editor has the sentence in its own language. */
function plain(error: Error): object {
  const { message } = error;
  const { id, params } = error as { id?: string; params?: object };
  return { id, params, message };
}
