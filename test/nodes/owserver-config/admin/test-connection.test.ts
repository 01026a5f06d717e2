import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { connect, createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { OWSERVER_DEFAULTS } from '../../../../nodes/owserver-config/config.js';
import { testConnection } from '../../../../nodes/owserver-config/admin/test-connection.js';
import type { NodeAPI } from '../../../../nodes/shared/red.js';
import {
  startSimulator,
  type Simulator,
  type SimulatorOptions,
} from '../../../../simulator/index.js';
import { freePort } from '../../../support/child.js';
import { answer, startFakeOwserver } from '../../../support/fake-owserver.js';
import { need } from '../../../support/need.js';
import { startOwserver, type Owserver } from '../../../support/owserver.js';

const THERMOMETER = '28.021000000000';
const VERSION = '/system/configuration/version';

/** What a test does with the parts of Node-RED that it needs. */
interface Runtime {
  /** Deployed nodes, by id. */
  nodes?: Readonly<Record<string, unknown>>;
  env?: Readonly<Record<string, string>>;
}

function red({ nodes = {}, env = {} }: Runtime): NodeAPI {
  return {
    nodes: { getNode: (id: string) => nodes[id] ?? null },
    util: {
      evaluateNodeProperty: (
        value: string,
        type: string,
        _node: unknown,
        _msg: unknown,
        callback: (error: null, found: unknown) => void,
      ) => callback(null, type === 'env' ? (env[value.slice(2, -1)] ?? '') : undefined),
    },
  } as unknown as NodeAPI;
}

describe('the test of a connection', () => {
  const closers: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });

  const simulate = async (options: SimulatorOptions = {}): Promise<Simulator> => {
    const simulator = await startSimulator({ conversionMs: 0, ...options });
    closers.push(() => simulator.close());
    return simulator;
  };
  /** Any server that is no owserver. */
  const serve = async (server: Server): Promise<number> => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    closers.push(() => server.close());
    return (server.address() as AddressInfo).port;
  };
  const test = (
    form: Record<string, unknown>,
    runtime: Runtime = {},
  ): ReturnType<typeof testConnection> =>
    testConnection(red(runtime), { host: '127.0.0.1', ...form });

  describe('of an owserver that answers', () => {
    it('says what it is, what is behind it and how fast it answers', async () => {
      const { port } = await simulate();
      const { version, pid, ms, ...found } = await test({ port });
      assert.deepEqual(found, {
        simulated: false,
        host: '127.0.0.1',
        port,
        persistent: true,
        buses: [{ bus: 0, adapter: 'Simulator', address: 'simulator.0', devices: 9 }],
        devices: 9,
      });
      assert.match(version ?? '', /^\d+\.\d+/);
      assert.ok(Number.isInteger(pid));
      assert.ok(ms > 0);
    });

    it('takes the host as people write it, and shows it alone', async () => {
      const { port } = await simulate();
      const found = await test({ host: `tcp://127.0.0.1:${port}/`, port });
      assert.deepEqual([found.host, found.port], ['127.0.0.1', port]);
    });

    it('takes the port as the text that the form holds', async () => {
      const { port } = await simulate();
      assert.equal((await test({ port: String(port) })).port, port);
    });

    it('counts a device on two buses once', async () => {
      const devices = [
        { id: THERMOMETER, bus: 0 },
        { id: '28.022000000000', bus: 0 },
        { id: THERMOMETER, bus: 1 },
      ];
      const { port } = await simulate({ devices });
      const found = await test({ port });
      assert.deepEqual(
        found.buses.map((bus) => bus.devices),
        [2, 1],
      );
      assert.equal(found.devices, 2);
    });

    it('leaves no connection behind', async () => {
      const simulator = await simulate();
      await test({ port: simulator.port });
      await simulator.waitForConnections(0);
    });

    it('says when it does not keep connections open', async () => {
      const { port } = await simulate({ switches: { noPersistence: true } });
      assert.equal((await test({ port })).persistent, false);
    });

    it('asks for no open connection when the form does not', async () => {
      const { port } = await simulate();
      assert.equal((await test({ port, persistent: false })).persistent, false);
    });

    it('leaves out what an ancient one cannot tell', async () => {
      const owserver = await startFakeOwserver((request) => {
        if (request.type === 2 || request.type === 6) request.reply(refusal);
        else answer(request);
      });
      closers.push(() => owserver.close());
      const { ms, ...found } = await test({ port: owserver.port });
      const { port } = owserver;
      const known = { simulated: false, host: '127.0.0.1', port, persistent: true, buses: [] };
      assert.deepEqual(found, { ...known, devices: 0 });
      assert.ok(ms > 0);
    });

    it('says what it knows when it goes away meanwhile', async () => {
      const simulator = await simulate();
      simulator.addFault({ path: '/bus.0', times: 2, then: 'close' });
      const { version, buses } = await test({ port: simulator.port });
      assert.match(version ?? '', /^\d/);
      assert.deepEqual(buses, []);
    });
  });

  describe('of the simulated bus', () => {
    it('starts one for the test, whatever host and port are', async () => {
      const found = await test({ simulator: true, host: '', port: 'nothing' });
      assert.equal(found.simulated, true);
      assert.equal(found.devices, 9);
    });

    it('asks for no TLS configuration', async () => {
      assert.equal((await test({ simulator: true, tls: 'gone' })).simulated, true);
    });
  });

  describe('of what does not work says why', () => {
    it('when nothing listens', async () => {
      const port = await freePort();
      await assert.rejects(test({ port }), { code: 'EOW_CONNECT', id: 'refused' });
    });

    it('when the name has no address', async () => {
      const host = 'no-such-host.invalid';
      await assert.rejects(test({ host }), { id: 'resolve', message: /no-such-host\.invalid/ });
    });

    it('when a web server answers', async () => {
      const port = await serve(createHttpServer());
      await assert.rejects(test({ port }), { id: 'speaksHttp' });
    });

    it('when nobody answers', async () => {
      const sockets = new Set<{ destroy: () => void }>();
      const port = await serve(createTcpServer((socket) => sockets.add(socket)));
      closers.unshift(() => sockets.forEach((socket) => socket.destroy()));
      const silent = test({ port, inactivityTimeout: 0.2 });
      await assert.rejects(silent, { id: 'silent', message: /0\.2 s/ });
    });

    it('when a field holds something wrong, before anything is sent', async () => {
      await assert.rejects(test({ port: 'abc' }), { id: 'badOption' });
      await assert.rejects(test({ host: ' ' }), { id: 'badOption' });
      await assert.rejects(test({ connectTimeout: 'soon' }), { id: 'badOption' });
      await assert.rejects(test({ temperatureScale: 'X' }), { id: 'badOption' });
    });

    it('when the TLS configuration is not there, is no such thing or cannot be used, before anything is sent', async () => {
      const owserver = await startFakeOwserver(answer);
      closers.push(() => owserver.close());
      const garbage = {
        addTLSOptions: () => ({ ca: 'nonsense', cert: 'nonsense', key: 'nonsense' }),
      };
      const unread = { addTLSOptions: () => ({}), valid: false };
      const nodes = { other: { type: 'ow-read' }, garbage, unread };
      for (const [tls, id] of [
        ['new', 'tlsMissing'],
        ['other', 'tlsMissing'],
        ['unread', 'tlsUnreadable'],
        ['garbage', 'tlsUnusable'],
      ] as const)
        await assert.rejects(test({ port: owserver.port, tls }, { nodes }), {
          code: 'EOW_VALUE',
          id,
        });
      assert.equal(owserver.connections.length, 0);
    });
  });

  it('takes host and port from the environment', async () => {
    const { port } = await simulate();
    const env = { OW_HOST: '127.0.0.1', OW_PORT: String(port) };
    const found = await test({ host: '${OW_HOST}', port: '${OW_PORT}' }, { env });
    assert.deepEqual([found.host, found.port, found.devices], ['${OW_HOST}', '${OW_PORT}', 9]);
    const inRoundBrackets = await test({ host: '$(OW_HOST)', port: '$(OW_PORT)' }, { env });
    assert.deepEqual([inRoundBrackets.host, inRoundBrackets.port], ['$(OW_HOST)', '$(OW_PORT)']);
  });

  it('does not tell the value of a variable, which may be a secret', async () => {
    const env = { SECRET: 'xyzzy' };
    await assert.rejects(test({ host: '${SECRET}' }, { env }), { message: /^(?!.*xyzzy).*SECRET/ });
    await assert.rejects(test({ port: '${SECRET}' }, { env }), { message: /^(?!.*xyzzy)/ });
  });

  describe('tells no value of a variable, in whatever setting it is', () => {
    const outcome = (form: Record<string, unknown>, pin: string): Promise<string> =>
      test(form, { env: { DOOR_PIN: pin } }).then(JSON.stringify, (thrown: unknown) => {
        const { message, params } = thrown as { message: string; params: object };
        return JSON.stringify({ message, params });
      });

    it('a port where nothing listens, and one where an owserver does', async () => {
      const closed = String(await freePort());
      const said = await outcome({ port: '${DOOR_PIN}' }, closed);
      assert.match(said, /Nothing listens on 127\.0\.0\.1:\$\{DOOR_PIN\}/);
      assert.ok(!said.includes(closed), said);
      const open = String((await simulate()).port);
      const found = await outcome({ port: '${DOOR_PIN}' }, open);
      assert.match(found, /"port":"\$\{DOOR_PIN\}".*"devices":9/);
      assert.ok(!found.includes(open), found);
    });

    it('a time that was too short', async () => {
      const silent = await startFakeOwserver();
      closers.push(() => silent.close());
      const form = { port: silent.port, inactivityTimeout: '${DOOR_PIN}' };
      const said = await outcome(form, '0.1237');
      assert.match(said, /sent nothing for \$\{DOOR_PIN\} s/);
      assert.ok(!said.includes('0.124') && !said.includes('0.1237'), said);
    });

    it('a host with a port that contradicts the other', async () => {
      const said = await outcome({ host: '${DOOR_PIN}', port: 4304 }, 'box:47113');
      assert.match(said, /The host \$\{DOOR_PIN\} names port/);
      assert.ok(!/box|47113/.test(said), said);
    });

    for (const setting of Object.keys(OWSERVER_DEFAULTS)) {
      it(`${setting}: neither when it fits nor when it does not`, async () => {
        const { port } = await simulate();
        for (const pin of ['47113', 'xyzzy', '-47113', '47113.5']) {
          const form = { port, connectTimeout: 1, [setting]: '${DOOR_PIN}' };
          const said = await outcome(form, pin);
          assert.ok(!said.includes(pin), said);
        }
      });
    }
  });

  it('names a variable that there is not', async () => {
    await assert.rejects(test({ host: '${OW_HOST}' }), { message: /\$\{OW_HOST\}/ });
  });

  it('goes through a deployed TLS configuration', async () => {
    const simulator = await simulate();
    const key = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
    const psk = { ciphers: 'PSK+HIGH', maxVersion: 'TLSv1.2' } as const;
    const stunnel = createTlsServer({ pskCallback: () => key, ...psk }, (socket) => {
      const inner = connect(simulator.port, simulator.host);
      socket.on('error', () => inner.destroy());
      inner.on('error', () => socket.destroy());
      socket.pipe(inner).pipe(socket);
    });
    const port = await serve(stunnel);
    const ours = {
      pskCallback: () => ({ psk: key, identity: 'owserver' }),
      checkServerIdentity: () => undefined,
    };
    const tls = { addTLSOptions: (options: object) => ({ ...options, ...psk, ...ours }) };
    assert.equal((await test({ port, tls: 'tls' }, { nodes: { tls } })).devices, 9);
  });

  it('is refused while a few others are under way', async () => {
    const simulator = await simulate();
    simulator.addFault({ path: VERSION, times: 4, then: 'hold' });
    const four = [1, 2, 3, 4].map(() => test({ port: simulator.port }));
    await assert.rejects(test({ port: simulator.port }), { status: 503, id: 'busy' });
    while (simulator.held < 4) await turn();
    simulator.release();
    assert.equal((await Promise.all(four)).length, 4);
    assert.equal((await test({ port: simulator.port })).devices, 9);
  });

  describe('of a real owserver', () => {
    need('owserver');
    let owserver: Owserver;
    before(async () => {
      owserver = await startOwserver({ args: ['--fake=10,28', '--tester=05'] });
    });
    after(() => owserver.stop());

    it('finds its version, process, buses, adapters and devices', async () => {
      const { ms, ...found } = await test({ port: owserver.port });
      assert.ok(ms > 0);
      assert.deepEqual(found, {
        simulated: false,
        host: '127.0.0.1',
        port: owserver.port,
        version: '3.2p4',
        pid: owserver.pid,
        persistent: true,
        buses: [
          { bus: 0, adapter: 'Simulated-Random', address: 'fake.0', devices: 2 },
          { bus: 1, adapter: 'Simulated-Computed', address: 'tester.0', devices: 1 },
        ],
        devices: 3,
      });
    });
  });
});

/** Says -1 to whatever was asked: version, payload, code, flags with persistence, size, offset. */
const refusal = Buffer.from('0000000000000000ffffffff000001040000000000000000', 'hex');

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
