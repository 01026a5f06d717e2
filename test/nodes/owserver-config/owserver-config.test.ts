import assert from 'node:assert/strict';
import { OwserverClient } from '../../../client/index.js';
import { OWSERVER_DEFAULTS, type OwserverConfig } from '../../../nodes/owserver-config/config.js';
import { toClientOptions } from '../../../nodes/owserver-config/client-options.js';
import { startSimulator, type Simulator } from '../../../simulator/index.js';
import { freePort } from '../../support/child.js';
import { loadFlow, unloadFlow } from '../flow.js';

const LIVING = '/28.021000000000/temperature';

describe('owserver-config', () => {
  let simulator: Simulator | undefined;
  afterEach(async () => {
    await unloadFlow();
    await simulator?.close();
    simulator = undefined;
  });

  const address = async (): Promise<{ host: string; port: number }> => {
    simulator = await startSimulator({ conversionMs: 0 });
    return { host: simulator.host, port: simulator.port };
  };

  it('connects on deploy, for its first user', async () => {
    const { shows } = await loadFlow({ type: 'ow-read' }, await address());
    await shows(({ fill }) => fill === 'green');
    assert.equal(simulator?.connections, 1);
  });

  it('runs the simulated bus in itself, and leaves nothing behind', async () => {
    const { send, server } = await loadFlow({ type: 'ow-read', path: LIVING }, { simulator: true });
    const { messages } = await send({});
    assert.equal(typeof messages[0]?.payload, 'number');
    const { client } = server as unknown as { client: OwserverClient };
    await unloadFlow();
    await assert.rejects(client.ping(), { code: 'EOW_CLOSED' });
  });

  it('tells Node-RED its users, as a plain object', async () => {
    const { server, node } = await loadFlow({ type: 'ow-read' }, await address());
    assert.equal(Object.getPrototypeOf(server.users), Object.prototype);
    assert.deepEqual(Object.keys(server.users ?? {}), [node.id]);
    await node.close(true);
    assert.deepEqual(Object.keys(server.users ?? {}), []);
  });

  it('knows its users also when it is configured wrongly', async () => {
    const { server, node, shows } = await loadFlow({ type: 'ow-read' }, { port: '70000' });
    assert.deepEqual(Object.keys(server.users ?? {}), [node.id]);
    await shows(({ fill, text }) => fill === 'red' && (text?.includes('misconfigured') ?? false));
  });

  it('closes its connection when it is closed', async () => {
    const { shows, server } = await loadFlow({ type: 'ow-read' }, await address());
    await shows(({ fill }) => fill === 'green');
    await server.close(true);
    await simulator?.waitForConnections(0);
  });

  it('gives every message under way an outcome when it is closed', async () => {
    const { send, server } = await loadFlow({ type: 'ow-read', path: LIVING }, await address());
    simulator?.addFault({ path: LIVING, times: 10, then: 'hang' });
    const outcomes = [1, 2, 3].map(() => send({}));
    await simulator?.waitFor(({ path }) => path === LIVING);
    await server.close(true);
    for (const { error } of await Promise.all(outcomes)) assert.equal(error?.code, 'EOW_CLOSED');
  });

  it('shows why there is no connection and when it is tried again, and comes back by itself', async () => {
    const port = await freePort();
    const { shows, send } = await loadFlow(
      { type: 'ow-read', path: LIVING },
      { host: '127.0.0.1', port },
    );
    await shows(
      ({ fill, shape, text }) =>
        fill === 'yellow' && shape === 'ring' && (text?.includes('retry') ?? false),
    );
    assert.equal((await send({})).error?.code, 'EOW_CONNECT');
    simulator = await startSimulator({ port, conversionMs: 0 });
    await shows(({ fill }) => fill === 'green');
    assert.equal((await send({})).error, undefined);
  });

  describe('with a TLS configuration', () => {
    const RELAY = '/3A.025000000000/PIO.A';

    it('uses it', () => {
      const options = toClientOptions(config({}), { ca: 'a certificate' });
      assert.deepEqual(options.tls, { ca: 'a certificate' });
    });

    for (const [what, node, id] of [
      ['that is not there', undefined, 'tlsMissing'],
      ['that is disabled', { type: 'tls-config', d: true }, 'tlsMissing'],
      ['that is of another kind', { type: 'helper' }, 'tlsMissing'],
      ['whose file cannot be read', { ca: '/nowhere/ca.pem' }, 'tlsUnreadable'],
      ['that has a certificate without its key', { cert: '/nowhere/c.pem' }, 'tlsUnreadable'],
      ['whose file holds something else', { cert: __filename, key: __filename }, 'tlsUnusable'],
    ] as const) {
      it(`${what}: is configured wrongly, and sends nothing`, async () => {
        const files = { cert: '', key: '', ca: '' };
        const tls = node && {
          id: 'tls',
          type: 'tls-config',
          verifyservercert: true,
          ...files,
          ...node,
        };
        const { send, server, shows } = await loadFlow(
          { type: 'ow-write', path: RELAY, value: '1', valueType: 'str' },
          { ...(await address()), tls: 'tls' },
          tls ? [tls] : [],
        );
        await shows(({ fill, text }) => fill === 'red' && text?.includes('misconfigured') === true);
        const { error } = await send({});
        assert.equal(error?.code, 'EOW_VALUE');
        assert.match(error.message, /TLS.*: (deploy|check) /);
        const { problem } = server as unknown as { problem: { id: string } };
        assert.equal(problem.id, id);
        assert.deepEqual([simulator?.connections, simulator?.requests.length], [0, 0]);
      });
    }

    it('needs none with the simulated bus', async () => {
      const { send } = await loadFlow(
        { type: 'ow-read', path: LIVING },
        { simulator: true, tls: 'gone' },
      );
      assert.equal((await send({})).error, undefined);
    });
  });

  it('takes a host as people write it, also with its port', async () => {
    const { port } = await address();
    const server = { host: ` tcp://127.0.0.1:${port}/ `, port };
    const { send } = await loadFlow({ type: 'ow-read', path: LIVING }, server);
    assert.equal((await send({})).error, undefined);
  });

  it('refuses a port in the host that is not the one in its field, and says what to write', async () => {
    const { port } = await address();
    const server = { host: `127.0.0.1:${port}`, port: 4304 };
    const { send } = await loadFlow({ type: 'ow-read', path: LIVING }, server);
    const { error } = await send({});
    assert.equal(error?.code, 'EOW_VALUE');
    assert.match(error.message, /: write 127\.0\.0\.1 as the host, and as the port /);
    assert.equal(simulator?.connections, 0);
  });

  it('has the defaults of the contract, which are those of the client', () => {
    const { dial, ...defaults } = new OwserverClient().options;
    assert.equal(typeof dial, 'function');
    const given = Object.entries(toClientOptions(config({}))) as [keyof typeof defaults, unknown][];
    for (const [name, value] of given) assert.deepEqual(value, defaults[name], name);
  });

  it('takes times in seconds, with fractions', () => {
    const { connectTimeoutMs, requestTimeoutMs } = toClientOptions(
      config({ connectTimeout: '0.5', requestTimeout: 90 }),
    );
    assert.deepEqual([connectTimeoutMs, requestTimeoutMs], [500, 90_000]);
  });

  it('is one idle socket, whatever the number of nodes and messages', async () => {
    const { send } = await loadFlow({ type: 'ow-read', path: LIVING }, await address());
    await Promise.all(Array.from({ length: 50 }, () => send({})));
    const open = simulator?.connections ?? 0;
    assert.ok(open >= 1 && open <= 4, `${open} connections`);
  });
});

function config(fields: Partial<OwserverConfig>): OwserverConfig {
  return { id: 'server', type: 'owserver-config', ...OWSERVER_DEFAULTS, ...fields };
}
