import assert from 'node:assert/strict';
import { createServer as createWebServer } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { startSimulator, type Simulator } from '../../simulator/index.js';
import { freePort } from '../support/child.js';
import { startNodeRed, type NodeRedProcess } from '../support/node-red.js';
import { flowOf, Sender } from './one-node-flow.js';

const BAD_TOPICS = [
  undefined,
  '',
  28,
  {},
  [],
  [7],
  '/a\0b',
  `/${'a'.repeat(5_000)}`,
  '/28.0F0F0F0F0F0F/temperature',
  '/nothing',
];
const BAD_VALUES = [
  undefined,
  null,
  {},
  '25,5',
  Infinity,
  'x'.repeat(300),
  [1, 2],
  Buffer.alloc(3),
];
/** Header after header that says: still at work; version, payload -1, and four words of 0. */
const KEEP_ALIVES = Buffer.from(
  '00000000ffffffff00000000000000000000000000000000'.repeat(100),
  'hex',
);
const TYPES = ['ow-read', 'ow-write', 'ow-dir'];

describe('a real Node-RED survives', () => {
  let nodeRed: NodeRedProcess;
  let simulator: Simulator;
  before(async () => {
    nodeRed = await startNodeRed({ flows: [] });
    simulator = await startSimulator({ conversionMs: 0 });
  });
  after(async () => {
    await nodeRed.stop();
    await simulator.close();
  });

  async function everyMessageFails(
    server: object,
    type: string,
    messages: readonly object[],
  ): Promise<void> {
    const taken = nodeRed.messages.length;
    await nodeRed.deploy(flowOf({ type, path: '' }, server));
    const sender = new Sender({
      ...nodeRed,
      get messages() {
        return nodeRed.messages.slice(taken);
      },
    });
    const ends = await Promise.all(messages.map((msg) => sender.send(msg)));
    sender.assertOneOutcomeEach();
    for (const { failed, message } of ends) {
      assert.ok(failed);
      assert.match(message ?? '', /^[^\n]{20,}[.)]$/, 'a sentence');
    }
    assert.equal(process.kill(nodeRed.pid, 0), true);
  }

  for (const type of TYPES) {
    it(`bad paths in ${type}`, async () => {
      const topics = type === 'ow-dir' ? BAD_TOPICS : [...BAD_TOPICS, '/'];
      const messages = topics.map((topic) => ({ topic, payload: 1 }));
      await everyMessageFails({ host: '127.0.0.1', port: simulator.port }, type, messages);
    });
  }

  it('bad values in ow-write', async () => {
    const messages = BAD_VALUES.map((payload) => ({ topic: '/3A.025000000000/PIO.A', payload }));
    await everyMessageFails({ host: '127.0.0.1', port: simulator.port }, 'ow-write', messages);
  });

  const strangers: Record<string, () => Server> = {
    'a web server': () => createWebServer((_, response) => response.end('hello')),
    'a server that says nothing': () => createServer(() => undefined),
    'a server that hangs up': () => createServer((socket) => socket.destroy()),
    'a server that sends half a frame': () =>
      createServer((socket) => socket.write(Buffer.alloc(13))),
    'a server that sends noise': () =>
      createServer((socket) => socket.write(Buffer.alloc(4_096, 0xa5))),
    'a server that is busy for ever': () =>
      createServer((socket) => {
        socket.on('data', () => socket.write(KEEP_ALIVES));
        const more = setInterval(() => socket.write(KEEP_ALIVES), 20);
        socket.on('close', () => clearInterval(more));
      }),
  };
  for (const [what, make] of Object.entries(strangers)) {
    it(`${what} in place of owserver`, async () => {
      const stranger = make();
      const sockets = new Set<{ destroy: () => void }>();
      stranger.on('connection', (socket) => sockets.add(socket));
      stranger.on('connection', (socket) => socket.on('error', () => undefined));
      await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
      try {
        const { port } = stranger.address() as AddressInfo;
        const server = {
          host: '127.0.0.1',
          port,
          connectTimeout: 1,
          inactivityTimeout: 0.1,
          requestTimeout: 0.5,
        };
        for (const type of TYPES) {
          const messages = [1, 2, 3].map((payload) => ({
            topic: '/3A.025000000000/PIO.A',
            payload,
          }));
          await everyMessageFails(server, type, messages);
        }
      } finally {
        for (const socket of sockets) socket.destroy();
        await new Promise((resolve) => stranger.close(resolve));
      }
    });
  }

  it('nobody at the port, and no such host', async () => {
    for (const server of [
      { host: '127.0.0.1', port: await freePort() },
      { host: 'no such host' },
    ]) {
      await everyMessageFails(server, 'ow-read', [{ topic: '/28.021000000000/temperature' }]);
    }
  });
});
