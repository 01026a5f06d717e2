import assert from 'node:assert/strict';
import { OwError } from '../../client/errors/ow-error.js';
import { OwserverClient } from '../../client/index.js';
import { parseAddress } from '../../client/address.js';
import { answer } from '../support/fake-owserver.js';
import { PLAIN, world } from './support.js';

describe('a host as people write it', () => {
  for (const [written, host, port] of [
    ['box', 'box', undefined],
    ['  box\t', 'box', undefined],
    ['box:4304', 'box', 4304],
    [' box:4304 ', 'box', 4304],
    ['box.example.org:1', 'box.example.org', 1],
    ['192.168.1.5', '192.168.1.5', undefined],
    ['192.168.1.5:4305', '192.168.1.5', 4305],
    ['tcp://box:4304/', 'box', 4304],
    ['tcp://box', 'box', undefined],
    ['TCP://box/', 'box', undefined],
    ['box/', 'box', undefined],
    ['[::1]', '::1', undefined],
    ['[::1]:4304', '::1', 4304],
    ['tcp://[fe80::1%eth0]:4304/', 'fe80::1%eth0', 4304],
    ['::1', '::1', undefined],
    ['fe80::1', 'fe80::1', undefined],
    ['2001:db8::4304', '2001:db8::4304', undefined],
  ] as const)
    it(`is understood: ${JSON.stringify(written)}`, () =>
      assert.deepEqual(parseAddress(written), port === undefined ? { host } : { host, port }));

  for (const written of [
    'http://box:2121/',
    'box:',
    'box:port',
    'box:430412',
    'a b',
    '${OW_HOST}',
    '[::1',
  ])
    it(`stays as it is when it is anything else: ${written}`, () =>
      assert.deepEqual(parseAddress(written), { host: written }));

  it('takes no longer for a long one', () => {
    const start = performance.now();
    for (const text of [
      ':'.repeat(100_000),
      '/'.repeat(100_000),
      `[${':'.repeat(100_000)}`,
      ' '.repeat(100_000),
    ])
      parseAddress(text);
    assert.ok(performance.now() - start < 500);
  });
});

describe('a client', () => {
  const { server, client } = world();

  it('reaches a host with its port in one', async () => {
    const { port } = await server(answer);
    for (const host of [`127.0.0.1:${port}`, ` tcp://127.0.0.1:${port}/ `]) {
      const at = new OwserverClient({ host });
      assert.deepEqual([at.options.host, at.options.port], ['127.0.0.1', port]);
      assert.equal((await at.read(PLAIN)).value, PLAIN);
      at.close();
    }
    assert.equal((await client({ port }, { host: `127.0.0.1:${port}` }).read(PLAIN)).value, PLAIN);
  });

  it('takes the usual port where none is written', () => {
    assert.equal(new OwserverClient({ host: '[::1]' }).options.port, 4304);
    assert.equal(new OwserverClient({ host: '[::1]' }).options.host, '::1');
  });

  it('refuses two ports, and says what to write instead', () => {
    assert.throws(
      () => new OwserverClient({ host: 'tcp://[::1]:4305/', port: 4304 }),
      (error) => {
        assert.ok(error instanceof OwError && error.code === 'EOW_VALUE');
        assert.equal(
          error.message,
          'The host tcp://[::1]:4305/ names port 4305, and the port is 4304: write ::1 as the host, and as the port the one that is right.',
        );
        return true;
      },
    );
  });

  it('refuses a port behind the host that is none', () => {
    for (const host of ['box:0', 'box:70000'])
      assert.throws(() => new OwserverClient({ host }), { id: 'badOption', message: /port/ });
  });
});
