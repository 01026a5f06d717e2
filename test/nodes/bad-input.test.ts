import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSimulator, type Simulator } from '../../simulator/index.js';
import { freePort } from '../support/child.js';
import { loadFlow, unloadFlow } from './flow.js';

const LIVING = '/28.021000000000/temperature';
const RELAY = '/3A.025000000000/PIO.A';

/** Node, fields, message; then the code and a part of the sentence that people are told. */
type Case = [type: string, fields: object, msg: object, code: string, sentence: RegExp];

const PATHS: [string, unknown, RegExp][] = [
  ['no path and no topic', undefined, /No path was given/],
  ['an empty topic', '', /No path was given/],
  ['a topic of blanks', '  ', /No path was given/],
  ['an empty list of paths', [], /No path was given/],
  ['a path that is a number', 28, /path is a number.*must be text/],
  ['a path that is an object', { path: LIVING }, /path is an object.*must be text/],
  ['a list of numbers', [7, 5], /path is a number.*must be text/],
  ['a list of empty texts', ['', ' '], /No path was given/],
  ['a path with a NUL', '/28.021000000000\0/temperature', /NUL character/],
  ['a path of 5,000 characters', `/${'a'.repeat(4_999)}`, /5000 bytes long/],
];

/** Kind and text of an expression, and what people are told: what is wrong, and what to do. */
const EXPRESSIONS: [string, string, RegExp][] = [
  [
    'jsonata',
    '$nothing(',
    /The expression \$nothing\( cannot be evaluated \((?!\[object).+\): correct/,
  ],
  ['jsonata', '$number("x")', /cannot be evaluated \(Unable to cast value.+\): correct/],
  ['jsonata', 'payload.(1 + "a")', /cannot be evaluated \(.*operator.+\): correct/],
  ['jsonata', '$error("own words")', /cannot be evaluated \(own words\): correct/],
  ['json', '["/28.021000000000/temperature"', /cannot be evaluated \(.*JSON.*\): correct/],
  ['msg', 'a[', /The expression a\[ cannot be evaluated \(.+\): correct/],
];

describe('bad input', () => {
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator({ conversionMs: 0 });
  });
  after(() => simulator.close());
  afterEach(async () => {
    await unloadFlow();
    simulator.clearFaults();
  });

  async function fails(
    [type, fields, msg, code, sentence]: Case,
    server: object | undefined,
  ): Promise<void> {
    const { send } = await loadFlow(
      { type, ...fields },
      server as Record<string, unknown> | undefined,
    );
    const { messages, error } = await send({ ...msg });
    assert.equal(messages.length, 0);
    assert.equal(error?.code, code, error?.message);
    assert.match(error.message, sentence);
  }

  const simulated = (): object => ({ host: '127.0.0.1', port: simulator.port });

  it('ow-read: a source that there is not', () =>
    fails(
      ['ow-read', { path: LIVING, source: 'bus' }, {}, 'EOW_VALUE', /source is "bus".*convert/],
      simulated(),
    ));

  for (const type of ['ow-read', 'ow-write', 'ow-dir']) {
    const fields = { path: '' };
    it(`${type}: no server`, () =>
      fails(
        [type, fields, { topic: LIVING, payload: 1 }, 'EOW_VALUE', /No server is chosen.*choose/],
        undefined,
      ));
    it(`${type}: a server that is another kind of node`, () =>
      fails(
        [type, { server: 'out' }, { topic: LIVING }, 'EOW_VALUE', /No server is chosen/],
        undefined,
      ));
    for (const [what, topic, sentence] of PATHS) {
      it(`${type}: ${what}`, () =>
        fails([type, fields, { topic, payload: 1 }, 'EOW_VALUE', sentence], simulated()));
    }
    for (const [pathType, path, sentence] of EXPRESSIONS)
      it(`${type}: a path field that cannot be evaluated: ${path} as ${pathType}`, () =>
        fails([type, { path, pathType }, { payload: 1 }, 'EOW_VALUE', sentence], simulated()));
  }

  const onTheBus: Record<string, Case> = {
    'an unknown device': [
      'ow-read',
      { path: '/28.0F0F0F0F0F0F/temperature' },
      {},
      'EOW_ABSENT',
      /was not found/,
    ],
    'an unknown property': [
      'ow-read',
      { path: '/28.021000000000/heat' },
      {},
      'EOW_ABSENT',
      /no such property/,
    ],
    'a directory read as a value': [
      'ow-read',
      { path: '/28.021000000000' },
      {},
      'EOW_RETURN',
      /add the property/,
    ],
    'a property listed as a directory': [
      'ow-dir',
      { path: RELAY, list: 'entries' },
      {},
      'EOW_RETURN',
      /read it instead/,
    ],
    'an offset in a number': [
      'ow-read',
      { path: LIVING, offset: '2' },
      {},
      'EOW_VALUE',
      /leave them empty/,
    ],
    'an offset that is no number': [
      'ow-read',
      { path: LIVING, offset: 'x' },
      {},
      'EOW_VALUE',
      /offset is x.*whole number/,
    ],
    'a value of the wrong type': [
      'ow-write',
      { path: RELAY },
      { payload: { on: true } },
      'EOW_VALUE',
      /takes on or off/,
    ],
    'a value field that cannot be evaluated': [
      'ow-write',
      { path: RELAY, value: '$number("x")', valueType: 'jsonata' },
      {},
      'EOW_VALUE',
      /\$number\("x"\) cannot be evaluated \(Unable to cast value.+\): correct/,
    ],
    'no value': ['ow-write', { path: RELAY }, {}, 'EOW_VALUE', /no value to write/],
    'a value that is too long': [
      'ow-write',
      { path: '/28.021000000000/alias' },
      { payload: 'x'.repeat(257) },
      'EOW_VALUE',
      /257 bytes long.*room for 256/,
    ],
    'a value that is not finite': [
      'ow-write',
      { path: '/28.021000000000/temphigh' },
      { payload: Infinity },
      'EOW_VALUE',
      /takes a number.*Infinity/,
    ],
    'a decimal comma': [
      'ow-write',
      { path: '/28.021000000000/temphigh' },
      { payload: '25,5' },
      'EOW_VALUE',
      /with a point/,
    ],
    'a family that is none': [
      'ow-dir',
      { path: '/', family: 'DS18B20' },
      {},
      'EOW_VALUE',
      /family is "DS18B20".*two hex digits/,
    ],
    'an empty object': ['ow-write', {}, { payload: {} }, 'EOW_VALUE', /No path was given/],
  };
  for (const [what, example] of Object.entries(onTheBus))
    it(what, () => fails(example, simulated()));

  const settings: Record<string, [object, RegExp]> = {
    'a port out of range': [{ port: '70000' }, /port is 70000.*1 to 65535/],
    'a port that is no number': [{ port: 'owserver' }, /port is NaN.*whole number/],
    'an empty host': [{ host: ' ' }, /host is "".*name or an address/],
    'eleven connections': [{ connections: '11' }, /connections is 11.*1 to 10/],
    'a time of zero': [{ requestTimeout: '0' }, /requestTimeoutMs is 0/],
    'an unknown scale': [{ temperatureScale: 'X' }, /temperatureScale is "X".*C, F, K, R/],
  };
  for (const [what, [setting, sentence]] of Object.entries(settings)) {
    it(`a server with ${what}`, () =>
      fails(['ow-read', { path: LIVING }, {}, 'EOW_VALUE', sentence], {
        ...simulated(),
        ...setting,
      }));
  }

  describe('what answers is no owserver', () => {
    const read: [string, object, object] = ['ow-read', { path: LIVING }, {}];
    const quick = { connectTimeout: '2', inactivityTimeout: '0.05', requestTimeout: '5' };

    it('a host that does not resolve', () =>
      fails([...read, 'EOW_CONNECT', /no such host has no address: check the host/], {
        host: 'no such host',
        port: 1,
      }));

    it('a port that is closed', async () =>
      fails([...read, 'EOW_CONNECT', /Nothing listens on.*check that owserver is running/], {
        host: '127.0.0.1',
        port: await freePort(),
      }));

    it('a port that speaks HTTP', async () => {
      const web = await listen(createServer((_, response) => response.end('hello')));
      try {
        await fails(
          [...read, 'EOW_PROTOCOL', /web server answers.*use the port of owserver/],
          web.address,
        );
      } finally {
        web.close();
      }
    });

    it('a server that says nothing', async () => {
      simulator.addFault({ times: 9, then: 'hang' });
      await fails([...read, 'EOW_TIMEOUT', /sent nothing for 0.05 s.*check/], {
        ...simulated(),
        ...quick,
      });
    });

    it('a server that sends half a frame', async () => {
      simulator.addFault({ times: 9, then: 'half' });
      await fails([...read, 'EOW_TIMEOUT', /sent nothing for 0.05 s/], {
        ...simulated(),
        ...quick,
      });
    });

    it('a server that sends half a frame and goes', async () => {
      simulator.addFault({ times: 9, then: 'half-close' });
      await fails([...read, 'EOW_CLOSED', /closed the connection.*try again/], simulated());
    });

    const sizes: Record<string, [number[], RegExp]> = {
      'a negative payload': [[0, -2, 12, 0x104, 12, 0], /impossible size \(-2\)/],
      'a huge payload': [
        [0, 0x7fffffff, 12, 0x104, 12, 0],
        /announced a reply of 2147483647 bytes/,
      ],
      'a negative size': [[0, 4, 12, 0x104, -1, 0, 0], /impossible size \(-1\)/],
      'a size beyond its payload': [[0, 4, 12, 0x104, 500, 0, 0], /impossible size \(500\)/],
    };
    for (const [what, [words, sentence]] of Object.entries(sizes)) {
      it(`a reply with ${what}`, async () => {
        const bytes = Buffer.alloc(words.length * 4);
        words.forEach((word, index) => bytes.writeInt32BE(word, index * 4));
        simulator.addFault({ times: 9, then: { bytes } });
        await fails([...read, 'EOW_PROTOCOL', sentence], { ...simulated(), ...quick });
      });
    }
  });
});

async function listen(
  server: Server,
): Promise<{ address: { host: string; port: number }; close: () => void }> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: { host: '127.0.0.1', port },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
