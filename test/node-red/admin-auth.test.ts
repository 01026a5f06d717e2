import assert from 'node:assert/strict';
import { startSimulator, type Simulator } from '../../simulator/index.js';
import { ADMIN_AUTH, tokenFor, USERS, type User } from '../support/node-red-admin.js';
import { startNodeRed, type FlowNode, type NodeRedProcess } from '../support/node-red.js';
import { Admin, type Answer } from './admin-calls.js';

const RELAY = '/3A.025000000000/PIO.A';

/** Somebody who may look at owserver and at nothing else. */
const LOOKER: User = { ...USERS.viewer, username: 'looker' };
const [{ password: HASH }] = ADMIN_AUTH.users;
const USERS_OF_TEST = [
  ...ADMIN_AUTH.users,
  { username: LOOKER.username, password: HASH, permissions: ['owserver.read'] },
];

/** Every endpoint, by the permission that it takes. */
const ENDPOINTS: Readonly<
  Record<'read' | 'write', Record<string, (admin: Admin) => Promise<Answer>>>
> = {
  read: {
    deployed: (admin) => admin.get('server/deployed'),
    browse: (admin) => admin.get('server/browse'),
    property: (admin) => admin.get('server/property', { path: RELAY }),
    read: (admin) => admin.post('server/read', { paths: [RELAY] }),
  },
  write: {
    write: (admin) => admin.post('server/write', { path: RELAY, value: true }),
    test: (admin) => admin.post('test', { simulator: true }),
    discover: (admin) => admin.get('discover'),
  },
};

describe('a Node-RED that asks who you are', () => {
  let simulator: Simulator;
  let nodeRed: NodeRedProcess;
  let flows: FlowNode[];
  before(async () => {
    simulator = await startSimulator({ conversionMs: 0 });
    const server = { host: '127.0.0.1', port: simulator.port };
    flows = [{ id: 'server', type: 'owserver-config', ...server }];
    const adminAuth = { ...ADMIN_AUTH, users: USERS_OF_TEST };
    nodeRed = await startNodeRed({ flows, settings: { adminAuth } });
  });
  after(async () => {
    await nodeRed.stop();
    await simulator.close();
  });

  const as = async (user: User): Promise<Admin> =>
    new Admin(nodeRed.url, await tokenFor(nodeRed.url, user));
  const all = { ...ENDPOINTS.read, ...ENDPOINTS.write };

  for (const [name, call] of Object.entries(all)) {
    it(`answers ${name} with 401 without a token, or with a wrong one`, async () => {
      assert.equal((await call(new Admin(nodeRed.url))).status, 401);
      assert.equal((await call(new Admin(nodeRed.url, 'made-up'))).status, 401);
    });

    it(`answers ${name} with 403 to somebody who has to do with flows alone`, async () => {
      assert.equal((await call(await as(USERS.stranger))).status, 403);
    });
  }

  for (const [name, call] of Object.entries(ENDPOINTS.write)) {
    it(`answers ${name} with 403 to those who may only look`, async () => {
      for (const user of [USERS.viewer, LOOKER])
        assert.equal((await call(await as(user))).status, 403, user.username);
    });
  }

  for (const [name, call] of Object.entries(ENDPOINTS.read)) {
    it(`serves ${name} to all who may look`, async () => {
      for (const user of [USERS.admin, USERS.viewer, LOOKER])
        assert.equal((await call(await as(user))).status, 200, user.username);
    });
  }

  it('serves writes and tests to those who may write', async () => {
    const { write, test } = ENDPOINTS.write;
    const admin = await as(USERS.admin);
    assert.equal((await write?.(admin))?.status, 200);
    assert.equal((await test?.(admin))?.status, 200);
  });

  it('asked owserver for nothing that somebody may not', async () => {
    const from = simulator.requests.length;
    const [nobody, stranger] = [new Admin(nodeRed.url), await as(USERS.stranger)];
    for (const call of Object.values(all)) await Promise.all([call(nobody), call(stranger)]);
    assert.equal(simulator.requests.length, from);
  });

  it('answers with 404 only when it knows who asks', async () => {
    assert.equal((await new Admin(nodeRed.url).get('nobody/browse')).status, 401);
    assert.equal((await (await as(LOOKER)).get('nobody/browse')).status, 404);
  });
});

describe('a Node-RED that everybody may look at', () => {
  let simulator: Simulator;
  let nodeRed: NodeRedProcess;
  before(async () => {
    simulator = await startSimulator({ conversionMs: 0 });
    const server = { host: '127.0.0.1', port: simulator.port };
    const flows = [{ id: 'server', type: 'owserver-config', ...server }];
    const adminAuth = { ...ADMIN_AUTH, default: { permissions: 'read' } };
    nodeRed = await startNodeRed({ flows, settings: { adminAuth } });
  });
  after(async () => {
    await nodeRed.stop();
    await simulator.close();
  });

  it('serves what is for looking without a token', async () => {
    for (const [name, call] of Object.entries(ENDPOINTS.read))
      assert.equal((await call(new Admin(nodeRed.url))).status, 200, name);
  });

  it('answers the rest with 401, because logging in would help', async () => {
    for (const [name, call] of Object.entries(ENDPOINTS.write))
      assert.equal((await call(new Admin(nodeRed.url))).status, 401, name);
  });

  it('serves all to those who log in', async () => {
    const admin = new Admin(nodeRed.url, await tokenFor(nodeRed.url, USERS.admin));
    assert.equal((await ENDPOINTS.write.write?.(admin))?.status, 200);
  });
});
