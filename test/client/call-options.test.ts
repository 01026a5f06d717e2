import assert from 'node:assert/strict';
import { OwserverClient, type OwError, type OwserverOptions } from '../../client/index.js';
import { answer } from '../support/fake-owserver.js';
import { fails, PLAIN, wholeSentence, world } from './support.js';

/** A call of each verb, with whatever is given as its options. */
const CALLS: Readonly<
  Record<string, (client: OwserverClient, options?: never) => Promise<unknown>>
> = {
  connect: (client, options) => client.connect(options),
  read: (client, options) => client.read(PLAIN, options),
  'readAll of a list': (client, options) => client.readAll([PLAIN], options),
  'readAll of a pattern': (client, options) => client.readAll('28.*/temperature', options),
  write: (client, options) => client.write(PLAIN, 1, options),
  'writeAll of pairs': (client, options) => client.writeAll([[PLAIN, 1]], options),
  'writeAll to a pattern': (client, options) => client.writeAll('28.*/temphigh', 1, options),
  dir: (client, options) => client.dir('/', options),
  devices: (client, options) => client.devices('/', options),
  browse: (client, options) => client.browse('/', options),
  describe: (client, options) => client.describe(PLAIN, options),
  alarm: (client, options) => client.alarm('/', options),
  present: (client, options) => client.present(PLAIN, options),
  convert: (client, options) => client.convert('/', options),
  ping: (client, options) => client.ping(options),
  message: (client, options) => client.message({ type: 'nop' }, options),
};

const TIMES = [0, -1, 1.5, NaN, Infinity, '5', null, 2_147_483_648];

/** Values that an option cannot have, of every call. */
const BAD_OF_ALL: readonly object[] = [
  ...TIMES.map((timeoutMs) => ({ timeoutMs })),
  ...[null, 1, {}, new AbortController()].map((signal) => ({ signal })),
  ...[null, 'log', {}].map((onWait) => ({ onWait })),
  { timeoutMS: 5 },
  { constructor: 1 },
  { toString: 1 },
];

const BAD_OF_READS: readonly object[] = [
  { source: 'bus' },
  { source: null },
  { value: 'json' },
  { powerOn: true },
  { offset: -1 },
  { offset: '0' },
  { size: 0 },
  { size: 100_051 },
  { family: '28' },
];

const BAD_OF_WRITES: readonly object[] = [
  { offset: -1 },
  { offset: 0.5 },
  { source: 'cached' },
  { verified: true },
];

const BAD: Readonly<Record<string, readonly object[]>> = {
  read: BAD_OF_READS,
  readAll: BAD_OF_READS,
  write: BAD_OF_WRITES,
  writeAll: BAD_OF_WRITES,
  dir: [{ depth: 0 }, { depth: 11 }, { depth: '2' }, { busReturn: 1 }, { family: '28' }],
  devices: [{ family: 28 }, { family: 'xx' }, { family: '' }, { depth: 2 }, { source: 'convert' }],
  browse: [{ depth: 2 }, { source: 1 }],
  alarm: [{ family: '281' }, { source: 'uncached' }],
  present: [{ source: 'uncached' }],
};

/** Calls that TypeScript would refuse. */
const ILL_TYPED: Readonly<Record<string, (client: OwserverClient) => Promise<unknown>>> = {
  'read()': (client) => client.read(undefined as never),
  'read(5)': (client) => client.read(5 as never),
  'read({})': (client) => client.read({} as never),
  'read(a symbol)': (client) => client.read(Symbol('path') as never),
  'write(5)': (client) => client.write(5 as never, 1),
  'dir(null)': (client) => client.dir(null as never),
  'dir([])': (client) => client.dir([] as never),
  'devices(5)': (client) => client.devices(5 as never),
  'browse({})': (client) => client.browse({} as never),
  'describe(5)': (client) => client.describe(5 as never),
  'describe()': (client) => client.describe(undefined as never),
  'alarm(true)': (client) => client.alarm(true as never),
  'present(null)': (client) => client.present(null as never),
  'convert(5)': (client) => client.convert(5 as never),
  'message()': (client) => client.message(undefined as never),
  'message(null)': (client) => client.message(null as never),
  'message({})': (client) => client.message({} as never),
  'message of no type there is': (client) => client.message({ type: 'toString' as never }),
  'message to no path': (client) => client.message({ type: 'read', path: 5 as never }),
  'message with text as data': (client) =>
    client.message({ type: 'write', path: PLAIN, data: 'on' as never }),
  'message with flags that are none': (client) =>
    client.message({ type: 'read', path: PLAIN, flags: null as never }),
  'message with a flag that is none': (client) =>
    client.message({ type: 'read', path: PLAIN, flags: { temperatureScale: 'X' as never } }),
  'message with more than there is': (client) =>
    client.message({ type: 'read', path: PLAIN, serialKey: 5 } as never),
};

describe('what a call is given', () => {
  const { server, client } = world();

  /** Each call rejects, and nothing of it is sent; none of them throws. */
  async function refuses(
    busy: OwserverClient,
    call: (client: OwserverClient) => Promise<unknown>,
  ): Promise<OwError> {
    const promise = call(busy);
    const error = await fails(promise, 'EOW_VALUE');
    wholeSentence(error);
    return error;
  }

  for (const [name, call] of Object.entries(CALLS)) {
    const bad = [...BAD_OF_ALL, ...(BAD[name.split(' ')[0] ?? ''] ?? [])];
    it(`is refused in its options, before anything is sent: ${name}`, async () => {
      const owserver = await server(answer);
      const busy = client(owserver);
      for (const options of bad) {
        const error = await refuses(busy, (own) => call(own, options as never));
        const [option = ''] = Object.keys(options);
        assert.match(error.message, new RegExp(`^(The setting|There is no option) "?${option}\\b`));
      }
      for (const options of [null, 5, 'cached', [], () => undefined])
        assert.match(
          (await refuses(busy, (own) => call(own, options as never))).message,
          /^The setting options is .*: it must be an object\.$/,
        );
      assert.equal(owserver.requests.length, 0);
    });

    it(`may be left out: ${name}`, async () => {
      const owserver = await server(answer);
      const options = { signal: undefined, timeoutMs: undefined, onWait: undefined };
      await call(client(owserver), options as never).catch((thrown: unknown) => {
        // There may be nothing to be had, but that is found out there.
        assert.ok(owserver.requests.length > 0, String(thrown));
      });
    });
  }

  for (const [name, call] of Object.entries(ILL_TYPED)) {
    it(`is refused and not thrown at: ${name}`, async () => {
      const owserver = await server(answer);
      await refuses(client(owserver), call);
      assert.equal(owserver.requests.length, 0);
    });
  }

  it('fails in its place when it is one of several that is none', async () => {
    const busy = client(await server(answer));
    for (const results of [
      busy.readAll(undefined as never),
      busy.readAll([5 as never]),
      busy.writeAll(undefined as never, 1),
      busy.writeAll(5 as never, 1),
      busy.writeAll(['/system/text', 5] as never),
    ])
      for (const result of await results)
        assert.ok('error' in result && result.error.code === 'EOW_VALUE');
  });

  it('names the options that there are', async () => {
    const owserver = await server(answer);
    const error = await refuses(client(owserver), (own) => own.ping({ timeout: 5 } as never));
    assert.equal(
      error.message,
      'There is no option "timeout": the options are signal, timeoutMs, onWait.',
    );
  });

  it('takes a signal of another making', async () => {
    const owserver = await server(answer);
    const target = new EventTarget();
    const signal = Object.assign(target, { aborted: false, reason: undefined });
    await client(owserver).read(PLAIN, { signal: signal as never });
  });

  it('may have its options from a class, and is refused what that brings', async () => {
    const owserver = await server(answer);
    const inherited = Object.create({ timeoutMs: 0 }) as { timeoutMs: number };
    await refuses(client(owserver), (own) => own.read(PLAIN, inherited));
  });
});

describe('a client', () => {
  for (const options of [{ hots: 'attic' }, { requestTimeout: 5 }, null, 5, [], 'attic:4304']) {
    it(`is refused ${JSON.stringify(options)}`, () => {
      assert.throws(() => new OwserverClient(options as OwserverOptions), { code: 'EOW_VALUE' });
    });
  }

  it('tells its status to functions alone', () => {
    const idle = new OwserverClient();
    for (const listener of [undefined, null, 'log', {}])
      assert.throws(() => idle.onStatus(listener as never), { code: 'EOW_VALUE' });
  });
});
