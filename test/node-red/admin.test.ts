import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { startSimulator, type Simulator } from '../../simulator/index.js';
import { freePort } from '../support/child.js';
import { startNodeRed, type FlowNode, type NodeRedProcess } from '../support/node-red.js';
import { Admin, errorOf, type Answer } from './admin-calls.js';

const SENSOR = '/28.021000000000';
const RELAY = '/3A.025000000000';
const COUNTER = '/1D.027000000000';

/** Requests of one server that are served at a time. */
const MOST = 32;

/** What Node-RED says before it ends, or what should have been caught. */
const TROUBLE = /uncaught|unhandled|TypeError|RangeError|Close timed out/i;

describe('the admin endpoints of a real Node-RED', () => {
  let simulator: Simulator;
  let nodeRed: NodeRedProcess;
  let admin: Admin;
  let flows: FlowNode[];
  before(async () => {
    simulator = await startSimulator({ conversionMs: 0 });
    const at = { type: 'owserver-config', host: '127.0.0.1', port: simulator.port };
    flows = [
      { id: 'tab', type: 'tab', label: 'test' },
      { ...at, id: 'server' },
      { ...at, id: 'hasty', inactivityTimeout: 0.5 },
      { ...at, id: 'wary', readOnly: true },
      { ...at, id: 'small', maxQueue: 4, connections: 1 },
      { ...at, id: 'dead', port: await freePort() },
      { ...at, id: 'wrong', port: 70_000 },
      { ...at, id: 'off', d: true },
      { id: 'other', type: 'test-inject', z: 'tab', x: 1, y: 1, wires: [] },
    ];
    nodeRed = await startNodeRed({ flows, settings: { httpAdminRoot: '/deep/admin' } });
    admin = new Admin(nodeRed.url);
  });
  after(async () => {
    await nodeRed.stop();
    await simulator.close();
  });
  afterEach('Node-RED lives on, and nothing went wrong in it', () => {
    simulator.clearFaults();
    simulator.release();
    assert.equal(process.kill(nodeRed.pid, 0), true);
    assert.deepEqual(
      nodeRed.log.filter((line) => TROUBLE.test(line)),
      [],
    );
  });

  const until = async (isSo: () => boolean, what: string): Promise<void> => {
    for (let waited = 0; !isSo(); waited += 20) {
      assert.ok(waited < 10_000, `waited in vain until ${what}`);
      await delay(20);
    }
  };
  const refused = (answer: Answer, status: number, refusal: string): void =>
    assert.deepEqual([answer.status, answer.body], [status, { error: { refusal } }]);

  describe('show', () => {
    it('what is in a directory, also below another admin root', async () => {
      const { status, body } = await admin.get('server/browse', { path: '/' });
      const { path, entries, left } = body as { path: string; entries: object[]; left: number };
      assert.deepEqual([status, path, left], [200, '/', 0]);
      assert.deepEqual(entries[0], {
        path: SENSOR,
        name: SENSOR.slice(1),
        kind: 'device',
        device: { id: SENSOR.slice(1), family: '28', type: 'DS18B20' },
      });
      const again = await admin.get('server/browse');
      assert.deepEqual(again.body, body);
    });

    it('what is there anew, when told to', async () => {
      const { flags } = await simulator.waitFor(
        ({ type, path }) => type.includes('dir') && path === '/',
      );
      assert.equal(flags & 0x20, 0);
      const from = simulator.requests.length;
      await admin.get('server/browse', { path: '/', fresh: 'true' });
      const fresh = simulator.requests.slice(from).find(({ type }) => type.startsWith('dir'));
      assert.ok(fresh && fresh.flags & 0x20);
    });

    it('what is known of a property, or of a pattern', async () => {
      const temperature = { kind: 'temperature', unit: '°C', readable: true, writable: false };
      for (const [path, property] of [
        [`${SENSOR}/temperature`, temperature],
        ['28.*/temperature', { ...temperature, matches: 3 }],
      ] as const) {
        const { status, body } = await admin.get('server/property', { path });
        assert.deepEqual([status, body], [200, { property }]);
      }
      const nothing = await admin.get('server/property', { path: '42.*/temperature' });
      assert.deepEqual([nothing.status, nothing.body], [200, {}]);
    });

    it('whether a server is deployed', async () => {
      for (const [id, deployed] of [
        ['server', true],
        ['wrong', true],
        ['off', false],
        ['nobody', false],
        ['other', false],
      ] as const)
        assert.deepEqual((await admin.get(`${id}/deployed`)).body, { deployed }, id);
    });

    it('values in their order, memory in hex digits and cut, failures beside them', async () => {
      const paths = [`${COUNTER}/memory`, `${SENSOR}/type`, '/nothing/x', `${RELAY}/PIO.ALL`];
      const { status, body } = await admin.post('server/read', { paths });
      const [memory, type, nothing, pins] = body as Record<string, unknown>[];
      assert.equal(status, 200);
      assert.deepEqual(memory, { path: paths[0], value: `${'00'.repeat(64)}…`, hex: true });
      assert.deepEqual(type, { path: paths[1], value: 'DS18B20' });
      const { code, id, params, message } = nothing?.error as Record<string, unknown>;
      assert.deepEqual(
        [code, id, params, typeof message],
        ['EOW_ABSENT', 'absent', { path: '/nothing/x' }, 'string'],
      );
      assert.deepEqual(pins, { path: paths[3], value: [false, false] });
      const pages = await admin.post('server/read', { paths: [`${COUNTER}/pages/page.ALL`] });
      const [{ value, hex } = {}] = pages.body as Record<string, unknown>[];
      assert.deepEqual([value, hex], [Array<string>(16).fill('00'.repeat(32)), true]);
    });

    it('names of all kinds', async () => {
      for (const alias of ['Küche', '台所', 'up, down', 'a+b & c', '100%']) {
        const given = await admin.post('server/write', { path: `${RELAY}/alias`, value: alias });
        assert.equal(given.status, 200, alias);
        const { body } = await admin.get('server/browse', { path: `/${alias}` });
        const { entries } = body as { entries: { path: string }[] };
        assert.ok(
          entries.some(({ path }) => path === `${RELAY}/PIO.A`),
          alias,
        );
      }
      await admin.post('server/write', { path: `${RELAY}/alias`, value: '' });
    });
  });

  describe('write', () => {
    it('a value, which reads back', async () => {
      for (const value of [true, false]) {
        const path = `${RELAY}/PIO.A`;
        const { status, body } = await admin.post('server/write', { path, value });
        assert.deepEqual([status, (body as { size: number }).size], [200, 1]);
        const read = await admin.post('server/read', { paths: [path] });
        assert.deepEqual(read.body, [{ path, value }]);
      }
    });

    it('nothing that does not fit, and say why', async () => {
      for (const [value, id] of [
        ['25,5', 'wantsNumber'],
        [undefined, 'noValue'],
        [{ a: 1 }, 'wantsNumber'],
      ] as const) {
        const answer = await admin.post('server/write', { path: `${SENSOR}/templow`, value });
        const { code, id: found, message } = errorOf(answer);
        assert.deepEqual([answer.status, code, found], [400, 'EOW_VALUE', id]);
        assert.match(String(message), /templow/);
      }
      const absent = await admin.post('server/write', { path: `${SENSOR}/nothing`, value: 1 });
      assert.deepEqual([absent.status, errorOf(absent).code], [404, 'EOW_ABSENT']);
      const only = await admin.post('server/write', { path: `${SENSOR}/temperature`, value: 1 });
      assert.deepEqual([only.status, errorOf(only).id], [400, 'notWritable']);
      const wary = await admin.post('wary/write', { path: `${RELAY}/PIO.A`, value: 1 });
      assert.deepEqual([wary.status, errorOf(wary).code], [403, 'EOW_READ_ONLY']);
    });

    it('nothing that a form on another page sent', async () => {
      const from = simulator.requests.length;
      const form = `path=${encodeURIComponent(`${RELAY}/PIO.A`)}&value=1`;
      const json = JSON.stringify({ path: `${RELAY}/PIO.A`, value: 1 });
      for (const [body, type] of [
        [form, 'application/x-www-form-urlencoded'],
        [json, 'text/plain'],
      ] as const)
        refused(await admin.post('server/write', body, type), 400, 'badRequest');
      assert.ok(!simulator.requests.slice(from).some(({ type }) => type === 'write'));
    });
  });

  describe('refuse', () => {
    it('servers that are not deployed, and what is no server', async () => {
      for (const id of [
        'nobody',
        'off',
        'other',
        'tab',
        'constructor',
        '__proto__',
        '%00',
        '..%2F',
      ]) {
        refused(await admin.get(`${id}/browse`), 404, 'notDeployed');
        refused(await admin.post(`${id}/read`, { paths: [] }), 404, 'notDeployed');
        const body = { path: '/x', value: 1 };
        refused(await admin.post(`${id}/write`, body), 404, 'notDeployed');
      }
    });

    it('a server that is set up wrongly, with the reason', async () => {
      const answer = await admin.get('wrong/browse');
      const { code, id, message } = errorOf(answer);
      assert.deepEqual([answer.status, code, id], [400, 'EOW_VALUE', 'badOption']);
      assert.match(String(message), /70000/);
    });

    it('requests that nobody means', async () => {
      const long = '/x'.repeat(2_049);
      const many = Array<string>(201).fill('/x');
      const query = (path: string): Promise<Answer> => admin.get(`server/property?${path}&`);
      const bad: [string, Promise<Answer>][] = [
        ['no path', admin.get('server/property')],
        ['several paths', query('path=/a&path=/b')],
        ['an object as path', query('path[a]=/b')],
        ['a long path', admin.get('server/browse', { path: long })],
        ['no paths', admin.post('server/read', {})],
        ['one path', admin.post('server/read', { paths: '/x' })],
        ['numbers', admin.post('server/read', { paths: [1] })],
        ['too many', admin.post('server/read', { paths: many })],
        ['a long one among them', admin.post('server/read', { paths: [long] })],
        ['a list', admin.post('server/read', [])],
        ['a list', admin.post('test', [])],
        ['nothing to write to', admin.post('server/write', { value: 1 })],
        ['an empty body', admin.post('server/write', '')],
        ['a pattern', admin.post('server/write', { path: '*/PIO.A', value: 1 })],
      ];
      for (const [what, answered] of bad) {
        const answer = await answered;
        assert.deepEqual([answer.status, errorOf(answer)], [400, { refusal: 'badRequest' }], what);
      }
      for (const text of ['{', 'null', '"text"', '7'])
        assert.equal((await admin.post('server/read', text)).status, 400, text);
    });

    it('paths that lead nowhere', async () => {
      for (const [path, status, id] of [
        ['', 400, 'noPath'],
        ['/a\0b', 400, 'pathNul'],
        ['28.*', 400, 'patternList'],
        ['/../../etc/passwd', 404, 'absent'],
        [`${SENSOR}/temperature`, 502, 'returned'],
      ] as const) {
        const answer = await admin.get('server/browse', { path });
        assert.deepEqual([answer.status, errorOf(answer).id], [status, id], path);
      }
    });
  });

  describe('are bounded', () => {
    it('in time by a server that is down', async () => {
      const answer = await admin.get('dead/browse');
      assert.deepEqual([answer.status, errorOf(answer).code], [502, 'EOW_CONNECT']);
      assert.ok(answer.ms < 5_000, `${answer.ms} ms`);
    });

    it('in time by a server that is silent', async () => {
      simulator.addFault({ path: '/settings', then: 'hang', times: 9 });
      const answer = await admin.get('hasty/browse', { path: '/settings' });
      assert.deepEqual([answer.status, errorOf(answer).code], [504, 'EOW_TIMEOUT']);
      assert.ok(answer.ms < 5_000, `${answer.ms} ms`);
    });

    it('in number, for each server', async () => {
      simulator.addFault({ path: '/settings', then: 'hold' });
      const statuses: number[] = [];
      const asked = Array.from({ length: MOST + 8 }, async () => {
        const answer = await admin.get('server/browse', { path: '/settings' });
        if (answer.status !== 200) refused(answer, 503, 'busy');
        statuses.push(answer.status);
      });
      await until(() => statuses.length >= 8, 'those too many are refused');
      assert.equal((await admin.get('wary/browse')).status, 200);
      simulator.release();
      await Promise.all(asked);
      assert.deepEqual(statuses, [...Array<number>(8).fill(503), ...Array<number>(MOST).fill(200)]);
      assert.equal((await admin.get('server/browse')).status, 200);
    });

    it('so that many values fill no queue', async () => {
      const names = ['type', 'address', 'crc8', 'family', 'id', 'locator', 'PIO.A', 'sensed.B'];
      const paths = Array.from({ length: 200 }, (_, at) => `${RELAY}/${names[at % 8]}`);
      const [{ body }, own] = await Promise.all([
        admin.post('small/read', { paths }),
        admin.post('small/write', { path: `${RELAY}/PIO.B`, value: false }),
      ]);
      const values = body as { path: string; error?: object }[];
      assert.deepEqual(
        values.map(({ path }) => path),
        paths,
      );
      assert.deepEqual(
        values.filter(({ error }) => error),
        [],
      );
      assert.equal(own.status, 200);
    });
  });

  describe('go on', () => {
    it('with several thermometers measured by one conversion, the rest from the cache', async () => {
      const thermometers = ['021', '022', '023'].map((id) => `/28.${id}000000000/temperature`);
      const paths = [`${RELAY}/sensed.A`, ...thermometers];
      const from = simulator.requests.length;
      const { body } = await admin.post('server/read', { paths });
      const values = body as { path: string; value: unknown; unit?: string }[];
      assert.deepEqual(
        values.map(({ unit }) => unit),
        [undefined, '°C', '°C', '°C'],
      );
      const asked = simulator.requests.slice(from);
      const written = asked.filter(({ type }) => type === 'write').map(({ path }) => path);
      assert.deepEqual(written, ['/simultaneous/temperature']);
      const uncached = asked.filter(({ flags }) => flags & 0x20).map(({ path }) => path);
      assert.ok(
        uncached.every((path) => !path.endsWith('/temperature')),
        uncached.join(' '),
      );
      assert.ok(!uncached.includes(paths[0] ?? ''));
    });

    it('while servers are deployed anew, with an answer to each request', async () => {
      let deployed = false;
      const statuses = new Set<number>();
      const ask = async (): Promise<void> => {
        while (!deployed) {
          const answers = [
            admin.get('server/browse'),
            admin.post('server/read', { paths: ['/x'] }),
          ];
          for (const { status } of await Promise.all(answers)) statuses.add(status);
        }
      };
      const asking = [ask(), ask(), ask()];
      try {
        for (let round = 0; round < 3; round += 1) await nodeRed.deploy(flows);
      } finally {
        deployed = true;
        await Promise.all(asking);
      }
      for (const status of statuses) assert.ok([200, 404, 502].includes(status), String(status));
      const all = Array.from({ length: MOST }, () => admin.get('server/browse'));
      assert.deepEqual(
        new Set((await Promise.all(all)).map(({ status }) => status)),
        new Set([200]),
      );
    });
  });
});
