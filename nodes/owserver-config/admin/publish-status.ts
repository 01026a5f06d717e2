import { toOwError, type ClientStatus } from '../../../client/index.js';
import type { ServerState, ServerTopic } from '../../../contract/admin-api.js';
import type { NodeAPI, RuntimeNode } from '../../shared/red.js';
import type { ServerNode } from '../../shared/server-node.js';
import { withoutVariables, type Written } from '../variables.js';
import { toErrorSentence } from './error-info.js';

/**
 * Tells the editors the state of a server's connection, now and at each change. Node-RED keeps the last
 * one for editors that open later, until the server is closed. Of variables of the environment they show the
 * names.
 */
export function publishStatus(
  RED: NodeAPI,
  id: string,
  { client, problem }: Pick<ServerNode, 'client' | 'problem'>,
  written: Written,
): void {
  const topic: ServerTopic = `owserver/${id}`;
  const publish = (state: ServerState, isLast = false): void =>
    RED.comms.publish(topic, state, !isLast);
  if (client) {
    client.onStatus((status) => publish(toState(status, written), status.type === 'closed'));
    publish(toState(client.status, written));
  } else if (problem) {
    publish({ type: 'misconfigured', error: toErrorSentence(toOwError(problem)) });
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

function toState(status: ClientStatus, written: Written): ServerState {
  if (status.type !== 'disconnected') return status;
  const { type, error, retryInMs } = status;
  return { type, error: toErrorSentence(withoutVariables(error, written)), retryInMs };
}
