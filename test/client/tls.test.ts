import assert from 'node:assert/strict';
import { connect, type AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:tls';
import { OwserverClient } from '../../client/index.js';
import { startSimulator, type Simulator } from '../../simulator/index.js';

/** A key that both ends know stands in for certificates, which would have to be made and renewed. */
const KEY = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
const CIPHERS = 'PSK+HIGH';

describe('an owserver behind TLS, as stunnel makes it', () => {
  let simulator: Simulator;
  let stunnel: Server;
  let port: number;
  before(async () => {
    simulator = await startSimulator({ conversionMs: 0 });
    stunnel = createServer(
      { pskCallback: () => KEY, ciphers: CIPHERS, maxVersion: 'TLSv1.2' },
      (socket) => {
        const inner = connect(simulator.port, simulator.host);
        socket.on('error', () => inner.destroy());
        inner.on('error', () => socket.destroy());
        socket.pipe(inner).pipe(socket);
      },
    );
    await new Promise<void>((resolve) => stunnel.listen(0, '127.0.0.1', resolve));
    port = (stunnel.address() as AddressInfo).port;
  });
  after(async () => {
    stunnel.close();
    await simulator.close();
  });

  const client = (psk: Buffer): OwserverClient =>
    new OwserverClient({
      host: '127.0.0.1',
      port,
      tls: {
        pskCallback: () => ({ psk, identity: 'owserver' }),
        checkServerIdentity: () => undefined,
        ciphers: CIPHERS,
        maxVersion: 'TLSv1.2',
      },
    });

  it('is read and written like any other', async () => {
    const behindTls = client(KEY);
    const { value } = await behindTls.read('/3A.025000000000/type');
    assert.equal(value, 'DS2413');
    await behindTls.write('/3A.025000000000/PIO.A', true);
    assert.deepEqual(behindTls.status, { type: 'connected', persistent: true });
    behindTls.close();
  });

  it('is refused with a sentence when the keys do not fit', async () => {
    const stranger = client(Buffer.alloc(16));
    await assert.rejects(stranger.ping(), {
      code: 'EOW_CONNECT',
      message: /check host, port and TLS settings/,
    });
    stranger.close();
  });

  it('is never asked with a certificate that cannot be used: the client says so at once', () => {
    for (const tls of [
      { cert: 'nonsense', key: 'nonsense' },
      { key: '-----BEGIN PRIVATE KEY-----' },
    ])
      assert.throws(() => new OwserverClient({ tls }), {
        code: 'EOW_VALUE',
        id: 'tlsUnusable',
        message: /^The certificate or key for TLS cannot be used \(.+\): check both/,
      });
  });

  it('is refused with a sentence when the other end speaks no TLS', async () => {
    const plain = new OwserverClient({
      host: simulator.host,
      port: simulator.port,
      tls: {},
      connectTimeoutMs: 500,
    });
    await assert.rejects(plain.ping(), { code: 'EOW_CONNECT' });
    plain.close();
  });
});
