import assert from 'node:assert/strict';
import type { Hands } from '../support/hands.js';
import { need } from '../support/need.js';
import { alarmPromises } from './alarms.js';
import { aliasPromises } from './aliases.js';
import { browsingPromises } from './browsing.js';
import { busPromises } from './buses.js';
import { listingPromises } from './listings.js';
import { messagePromises } from './messages.js';
import { patternPromises } from './patterns.js';
import { readingPromises } from './readings.js';
import { walkPromises } from './walks.js';
import {
  CHAINED,
  EMULATED,
  LOCAL_AND_REMOTE,
  REAL,
  SIMULATED,
  SIMULATED_REMOTES,
  TWO_REMOTES,
  type Server,
  type World,
} from './world.js';
import { writingPromises } from './writings.js';
import { OwserverClient, type OwserverOptions } from '../../client/index.js';

/** What the promises of the suite work with. */
export interface Suite {
  readonly world: World;
  /** The client of the suite, or one more with other settings, which is closed after the test. */
  client: (options?: OwserverOptions) => OwserverClient;
  /** Does to devices what the world does; where writes take effect. */
  hands: () => Hands;
}

function conforms(world: World): void {
  let server: Server;
  let shared: OwserverClient;
  const others: OwserverClient[] = [];
  before(async () => {
    server = await world.start();
    shared = new OwserverClient({ host: '127.0.0.1', port: server.port });
  });
  afterEach(() => others.splice(0).forEach((client) => client.close()));
  after(async () => {
    shared.close();
    await server.stop();
  });
  const suite: Suite = {
    world,
    hands() {
      assert.ok(server.hands, `${world.name} has none`);
      return server.hands;
    },
    client(options) {
      if (!options) return shared;
      const client = new OwserverClient({ host: '127.0.0.1', port: server.port, ...options });
      others.push(client);
      return client;
    },
  };
  messagePromises(suite);
  listingPromises(suite);
  busPromises(suite);
  readingPromises(suite);
  writingPromises(suite);
  walkPromises(suite);
  patternPromises(suite);
  browsingPromises(suite);
  alarmPromises(suite);
  aliasPromises(suite);
}

describe('conformance', () => {
  for (const world of [...SIMULATED, SIMULATED_REMOTES])
    describe(world.name, () => conforms(world));
  describe('the real owserver', () => {
    need('owserver');
    for (const world of [...REAL, CHAINED, TWO_REMOTES])
      describe(world.name, () => conforms(world));
  });
  describe('the real owserver on a bus', () => {
    need('owserver');
    need('socat');
    for (const world of [...EMULATED, LOCAL_AND_REMOTE])
      describe(world.name, () => conforms(world));
  });
});
