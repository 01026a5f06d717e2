import assert from 'node:assert/strict';
import { once, type EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { startSimulator, type Simulator } from '../../simulator/index.js';
import { startNodeRed, type FlowNode, type NodeRedProcess } from '../support/node-red.js';
import { DEFAULT_VERSION } from '../support/versions.js';
import { Admin } from './admin-calls.js';

/** The part of ws, which comes with Node-RED, that is used here. */
interface Socket extends EventEmitter {
  send: (text: string) => void;
  close: () => void;
}
const require = createRequire(join(DEFAULT_VERSION.nodeRed, 'package.json'));
const WebSocket = require('ws') as new (url: string) => Socket;

/** What the runtime tells of a server. */
interface State {
  readonly type: string;
  readonly error?: { readonly id?: string; readonly params?: object; readonly message?: string };
  readonly [detail: string]: unknown;
}

/** Listens as an editor does. */
class Listener {
  readonly #socket: Socket;
  #states: { topic: string; data: State }[] = [];

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('message', (text: Buffer) => {
      for (const one of [JSON.parse(text.toString())].flat() as { topic: string; data: State }[])
        if (one.topic.startsWith('owserver/')) this.#states.push(one);
      socket.emit('heard');
    });
  }

  static async open(url: string): Promise<Listener> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/comms`);
    await once(socket, 'open');
    const listener = new Listener(socket);
    socket.send(JSON.stringify({ subscribe: 'owserver/#' }));
    return listener;
  }

  /** The first state of this type that was not taken yet; what this server said before is taken with it. */
  async next(id: string, type: string): Promise<State> {
    const isOf = ({ topic }: { topic: string }): boolean => topic === `owserver/${id}`;
    for (;;) {
      const at = this.#states.findIndex((one) => isOf(one) && one.data.type === type);
      const found = this.#states[at];
      if (found) {
        this.#states = this.#states.filter((one, index) => index > at || !isOf(one));
        return found.data;
      }
      await once(this.#socket, 'heard', { signal: AbortSignal.timeout(10_000) });
    }
  }

  /** Servers of which something was heard that was not taken. */
  get heard(): string[] {
    return this.#states.map(({ topic }) => topic.slice('owserver/'.length));
  }

  close(): void {
    this.#socket.close();
  }
}

describe('editors hear', () => {
  let nodeRed: NodeRedProcess;
  let simulator: Simulator;
  let admin: Admin;
  const listeners: Listener[] = [];
  before(async () => {
    nodeRed = await startNodeRed({ flows: [], settings: { httpAdminRoot: '/admin' } });
    admin = new Admin(nodeRed.url);
  });
  beforeEach(async () => {
    simulator = await startSimulator({ conversionMs: 0 });
  });
  afterEach(async () => {
    for (const listener of listeners.splice(0)) listener.close();
    await simulator.close();
    await nodeRed.deploy([]);
  });
  after(() => nodeRed.stop());

  const listen = async (): Promise<Listener> => {
    const listener = await Listener.open(nodeRed.url);
    listeners.push(listener);
    return listener;
  };
  const server = (id = 'server', more: object = {}): FlowNode => ({
    id,
    type: 'owserver-config',
    host: '127.0.0.1',
    port: simulator.port,
    ...more,
  });

  it('how the connection of a server comes and goes, with the reason as data', async () => {
    const listener = await listen();
    await nodeRed.deploy([server()]);
    await listener.next('server', 'idle');
    assert.equal((await admin.get('server/browse')).status, 200);
    await listener.next('server', 'connecting');
    assert.deepEqual(await listener.next('server', 'connected'), {
      type: 'connected',
      persistent: true,
    });
    await simulator.close();
    const { error } = await listener.next('server', 'disconnected');
    assert.deepEqual(Object.keys(error ?? {}).sort(), ['id', 'message', 'params']);
    assert.equal((await admin.get('server/browse')).status, 502);
    const { error: refused } = await listener.next('server', 'disconnected');
    assert.equal(refused?.id, 'refused');
    assert.match(String(refused.message), /127\.0\.0\.1/);
  });

  it('the present state also when they open later', async () => {
    await nodeRed.deploy([server(), server('bad', { port: 70_000 })]);
    await admin.get('server/browse');
    const listener = await listen();
    await listener.next('server', 'connected');
    const { error } = await (await listen()).next('bad', 'misconfigured');
    assert.equal(error?.id, 'badOption');
    assert.match(String(error.message), /70000/);
  });

  it('that a server was removed, and nothing of it afterwards', async () => {
    await nodeRed.deploy([server(), server('bad', { port: 70_000 })]);
    const listener = await listen();
    await listener.next('bad', 'misconfigured');
    await nodeRed.deploy([server('another')]);
    await listener.next('server', 'closed');
    await listener.next('bad', 'closed');
    const later = await listen();
    await later.next('another', 'idle');
    assert.deepEqual(later.heard, []);
  });

  it('that a server begins anew when it is deployed again', async () => {
    await nodeRed.deploy([server()]);
    await admin.get('server/browse');
    const listener = await listen();
    await listener.next('server', 'connected');
    await nodeRed.deploy([server('server', { temperatureScale: 'F' })]);
    await listener.next('server', 'closed');
    await listener.next('server', 'idle');
    const later = await listen();
    await later.next('server', 'idle');
  });
});
