import { isPattern, OwError } from '../../../client/index.js';
import type { NodeAPI } from '../../shared/red.js';
import { isServerNode } from '../../shared/server-node.js';
import { discover } from './discover.js';
import { look } from './browse.js';
import { needs } from './permission.js';
import { answering, Refusal, type Endpoint } from './endpoint.js';
import { body, clientOf, text, texts } from './request-fields.js';
import { testConnection } from './test-connection.js';
import { MOST_VALUES, readValues } from './read-values.js';

/**
 * The endpoints that the editor calls. They reach deployed servers only; what reaches others, the test
 * of a form and the search of the network, needs the permission to write.
 */
export function registerRoutes(RED: NodeAPI): void {
  registerReads(RED);
  registerWrites(RED);
}

function registerReads(RED: NodeAPI): void {
  const may = needs(RED, 'owserver.read');
  const get = (what: string, endpoint: Endpoint): void =>
    RED.httpAdmin.get(`/owserver/:id/${what}`, may, answering(endpoint));
  get('deployed', ({ params }) =>
    Promise.resolve({ deployed: isServerNode(RED.nodes.getNode(params.id)) }),
  );
  get('browse', (request) => {
    const { path = '/', fresh } = request.query;
    return look(clientOf(RED, request), text(path), fresh === 'true');
  });
  get('property', async (request) => {
    const property = await clientOf(RED, request).describe(text(request.query.path));
    return { property };
  });
  const read: Endpoint = (request, over) =>
    readValues(clientOf(RED, request), texts(body(request).paths, MOST_VALUES), over);
  RED.httpAdmin.post('/owserver/:id/read', may, answering(read));
}

function registerWrites(RED: NodeAPI): void {
  const may = needs(RED, 'owserver.write');
  const write: Endpoint = async (request) => {
    const { path, value } = body(request);
    // An editor switches one thing at a time.
    if (isPattern(path)) throw new Refusal(400, 'badRequest');
    return clientOf(RED, request).write(text(path), value);
  };
  const test: Endpoint = (request) => testConnection(RED, body(request)).catch(told);
  // What was sent is written all the same, or it waits and will be: that must be said.
  RED.httpAdmin.post('/owserver/:id/write', may, answering(write, { late: 'lateWrite' }));
  RED.httpAdmin.post('/owserver/test', may, answering(test));
  RED.httpAdmin.get(
    '/owserver/discover',
    may,
    answering(() => discover()),
  );
}

/** What a test is for is to say what is wrong: that is an answer, too. */
function told(thrown: unknown): object {
  if (!(thrown instanceof OwError)) throw thrown;
  const { code, id, params, message } = thrown;
  return { error: { code, id, params, message } };
}
