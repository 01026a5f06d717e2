import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { Worker } from 'node:worker_threads';
import { dialTcp } from '../../client/index.js';
import { freePort } from '../support/child.js';
import { fails, wholeSentence, world } from './support.js';

const options = { host: '127.0.0.1', tls: undefined, connectTimeoutMs: 5_000 };
const never = new AbortController().signal;

/** Listens on a free port, sends its number, and never accepts. */
const DEAF = `
  const { createServer } = require('node:net');
  const { parentPort, workerData } = require('node:worker_threads');
  const server = createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    setImmediate(() => Atomics.wait(new Int32Array(workerData), 0, 0));
  });`;

describe('dialTcp', () => {
  const { server } = world();

  it('connects with Nagle off', async () => {
    const { port } = await server();
    const socket = await dialTcp({ ...options, port })(never);
    assert.ok(socket.writable);
    assert.equal(socket.listenerCount('error'), 0);
    socket.destroy();
  });

  it('says that nothing listens there', async () => {
    const port = await freePort();
    const error = await fails(dialTcp({ ...options, port })(never), 'EOW_CONNECT', 'refused');
    assert.ok(error.cause instanceof Error);
    assert.match(
      error.message,
      new RegExp(`127\\.0\\.0\\.1:${port}.*check that owserver is running`),
    );
  });

  it('says that a name has no address', async () => {
    const dial = dialTcp({ ...options, host: 'no-such-host.invalid', port: 4304 });
    const error = await fails(dial(never), 'EOW_CONNECT', 'resolve');
    assert.match(error.message, /no-such-host\.invalid/);
  });

  it('gives up after its timeout when the handshake of TLS never ends', async () => {
    const owserver = await server();
    const dial = dialTcp({ ...options, port: owserver.port, tls: {}, connectTimeoutMs: 40 });
    const error = await fails(dial(never), 'EOW_CONNECT', 'connectTimeout');
    wholeSentence(error);
    assert.match(error.message, /within 0\.04 s/);
    await owserver.until(() => owserver.connections.length === 1 && owserver.open === 0);
  });

  it('says that what answers there is not TLS', async () => {
    const owserver = await server();
    const dialed = dialTcp({ ...options, port: owserver.port, tls: {} })(never);
    await owserver.until(() => owserver.open === 1);
    owserver.connections[0]!.send(Buffer.from('SSH-2.0-OpenSSH_9.2p1\r\n'));
    await fails(dialed, 'EOW_CONNECT', 'connectFailed');
  });

  it('says that the other end hung up in the handshake of TLS', async () => {
    const owserver = await server();
    const dialed = dialTcp({ ...options, port: owserver.port, tls: {} })(never);
    await owserver.until(() => owserver.open === 1);
    owserver.connections[0]!.end();
    await fails(dialed, 'EOW_CONNECT', 'connectFailed');
  });

  it('gives up after its timeout when nobody accepts', async () => {
    const lock = new SharedArrayBuffer(4);
    const worker = new Worker(DEAF, { eval: true, workerData: lock });
    const [port] = (await once(worker, 'message')) as [number];
    // The kernel shakes hands for as many as the backlog holds; whoever comes later gets no answer.
    const fillers = Array.from({ length: 8 }, () =>
      connect(port, '127.0.0.1').on('error', () => undefined),
    );
    await once(fillers[0]!, 'connect');
    try {
      const dial = dialTcp({ ...options, port, connectTimeoutMs: 60 });
      await fails(dial(never), 'EOW_CONNECT', 'connectTimeout');
    } finally {
      fillers.forEach((socket) => socket.destroy());
      Atomics.notify(new Int32Array(lock), 0);
      await worker.terminate();
    }
  });

  it('gives up when it is told to', async () => {
    const owserver = await server();
    const abort = new AbortController();
    const dialed = dialTcp({ ...options, port: owserver.port, tls: {} })(abort.signal);
    await owserver.until(() => owserver.open === 1);
    abort.abort();
    await fails(dialed, 'EOW_CLOSED', 'clientClosed');
    await owserver.until(() => owserver.open === 0);
  });
});
