import { discover, isPattern, OwError } from '../../../client/index.js';
import type { FailureBody } from '../../../contract/admin-api.js';
import type { NodeAPI } from '../../shared/red.js';
import { isServerNode } from '../../shared/server-node.js';
import { fitting } from './answer-size.js';
import { browse } from './browse.js';
import { EndpointRegistry } from './endpoint-registry.js';
import { Refusal } from './endpoint.js';
import { toErrorInfo } from './error-info.js';
import { MAX_VALUES, readValues } from './read-values.js';
import { clientOf, text, texts } from './request-fields.js';
import { testConnection } from './test-connection.js';

/**
 * The endpoints that the editor calls. They reach deployed servers only; what reaches others, the test
 * of a form and the search of the network, needs the permission to write.
 */
export function registerRoutes(RED: NodeAPI): void {
  registerReads(RED);
  registerWrites(RED);
}

function registerReads(RED: NodeAPI): void {
  const reads = new EndpointRegistry(RED, 'owserver.read');
  reads.get('owserver/:id/deployed', ({ id }) =>
    Promise.resolve({ deployed: isServerNode(RED.nodes.getNode(id)) }),
  );
  reads.get('owserver/:id/browse', ({ id, field }) =>
    browse(clientOf(RED, id), text(field('path') ?? '/'), field('fresh') === 'true'),
  );
  reads.get('owserver/:id/property', async ({ id, field }) => {
    const property = await clientOf(RED, id).describe(text(field('path')));
    return { property };
  });
  reads.post('owserver/:id/read', ({ id, field, over }) =>
    readValues(clientOf(RED, id), texts(field('paths'), MAX_VALUES), over),
  );
}

function registerWrites(RED: NodeAPI): void {
  const writes = new EndpointRegistry(RED, 'owserver.write');
  writes.post(
    'owserver/:id/write',
    async ({ id, field }) => {
      const path = field('path');
      // An editor switches one thing at a time.
      if (isPattern(path)) throw new Refusal(400, 'badRequest');
      return clientOf(RED, id).write(text(path), field('value'));
    },
    // What was sent is written all the same, or it waits and will be: that must be said.
    { timeoutRefusal: 'lateWrite' },
  );
  writes.post('owserver/test', ({ fields }) => testConnection(RED, fields()).catch(toFailedTest));
  writes.get('owserver/discover', async () => {
    const found = await discover();
    return fitting(found, found.length).items;
  });
}

/** What a test is for is to say what is wrong: that is an answer, too. */
function toFailedTest(thrown: unknown): FailureBody {
  if (!(thrown instanceof OwError)) throw thrown;
  return { error: toErrorInfo(thrown) };
}
