import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { OwserverClient, type OwserverOptions } from '../../client/index.js';
import { OwError } from '../../client/errors/ow-error.js';
import { resolveOptions } from '../../client/options.js';
import { answer } from '../support/fake-owserver.js';
import { PLAIN, world } from './support.js';

const SOURCE = readFileSync('client/options.ts', 'utf8');
const NOT_WHOLE = [0, -1, 1.5, NaN, Infinity, '5', null, true, {}];
const TIMES = [
  'connectTimeoutMs',
  'inactivityTimeoutMs',
  'requestTimeoutMs',
  'shrinkAfterMs',
  'pingAfterMs',
  'reconnectMinMs',
  'reconnectMaxMs',
];

const BAD: Record<string, readonly unknown[]> = {
  host: ['', '  ', 5, null],
  port: [...NOT_WHOLE, 65_536],
  connections: [...NOT_WHOLE, 11],
  maxQueue: [...NOT_WHOLE, 100_001],
  ...Object.fromEntries(TIMES.map((name) => [name, [...NOT_WHOLE, 2_147_483_648]])),
  temperatureScale: ['c', 'celsius', null, 0],
  pressureScale: ['MBAR', 'bar', null],
  deviceFormat: ['f-i', '', null],
  persistent: ['true', 1, null],
  readOnly: ['false', 0, null],
  tls: [null, true, 'yes'],
  trace: [null, 'log', {}],
  dial: [null, 'tcp'],
};

describe('the settings of a client', () => {
  for (const [name, values] of Object.entries(BAD)) {
    it(`are refused by name when ${name} is out of range`, () => {
      for (const value of values) {
        assert.throws(
          () => new OwserverClient({ [name]: value }),
          (error) => {
            assert.ok(error instanceof OwError && error.code === 'EOW_VALUE', String(error));
            assert.match(error.message, new RegExp(`^The setting ${name} is .*: it must be `));
            assert.match(error.message, /\.$/);
            return true;
          },
        );
      }
    });
  }

  it('may be at either end of their range', () => {
    for (const name of TIMES) resolveOptions({ [name]: 1 });
    for (const name of TIMES) resolveOptions({ [name]: 2_147_483_647 });
    resolveOptions({ port: 1, connections: 1, maxQueue: 1 });
    resolveOptions({ port: 65_535, connections: 10, maxQueue: 100_000 });
  });

  it('are the documented ones when they are left out', () => {
    const documented = [...SOURCE.matchAll(/@default (\S+)[^/]*\*\/\s+(\w+)\?:/g)].map(
      ([, value, name]) => [name, value],
    );
    assert.equal(documented.length, 20);
    const resolved = resolveOptions({}) as unknown as Record<string, unknown>;
    for (const [name = '', value] of documented) {
      if (['tls', 'shownAs', 'trace'].includes(name)) assert.equal(resolved[name], undefined);
      else if (name === 'dial') assert.equal(typeof resolved[name], 'function');
      else
        assert.equal(
          typeof resolved[name] === 'string' ? `'${resolved[name]}'` : String(resolved[name]),
          value,
          name,
        );
    }
  });

  it('are the documented ones when they are undefined', () => {
    const undefinedOptions = {
      host: undefined,
      port: undefined,
      tls: undefined,
    } as unknown as OwserverOptions;
    assert.equal(resolveOptions(undefinedOptions).host, 'localhost');
    assert.equal(resolveOptions(undefinedOptions).port, 4304);
  });

  it('are frozen', () => {
    assert.ok(Object.isFrozen(new OwserverClient().options));
  });

  const { server, client } = world();

  it('for scales and ids go out with every request', async () => {
    const owserver = await server(answer);
    await client(owserver, {
      temperatureScale: 'F',
      pressureScale: 'psi',
      deviceFormat: 'fi',
    }).read(PLAIN);
    assert.equal(owserver.requests[0]!.flags, 0x111_0104);
  });
});
