import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { hostname, networkInterfaces } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import Bonjour from 'bonjour-service';
import { discover, type FoundServer } from '../../../client/index.js';
import {
  search,
  type Announcement,
  type Search,
  type StartSearch,
} from '../../../client/discovery/discover.js';
import { fails } from '../support.js';

const QUICK = { again: [1, 5], end: 30 };
const PORT = 5353;

/** A search that hears these announcements, and notes what is done with it. */
function hears(...all: Announcement[]): {
  start: StartSearch;
  log: string[];
  fail: () => void;
} {
  const log: string[] = [];
  let onError = (): void => undefined;
  const begun: Search = {
    announcements: () => all,
    askAgain: () => log.push('asked again'),
    end: () => {
      log.push('ended');
      return Promise.resolve();
    },
  };
  const start: StartSearch = (listener) => {
    log.push('started');
    onError = listener;
    return Promise.resolve(begun);
  };
  return { start, log, fail: () => onError() };
}

const pi: Announcement = {
  name: 'OWFS (1-wire) Server',
  host: 'raspberrypi.local',
  port: 4304,
  addresses: ['fe80::1', '172.17.0.1', '198.51.100.7'],
  referer: { address: '198.51.100.7' },
};

const hosts = (found: readonly FoundServer[]): string[] =>
  found.map(({ host, port }) => `${host}:${port}`);

describe('the search for servers', () => {
  it('gives the name, the machine, the port and every address', async () => {
    const [found, ...more] = await search(hears(pi).start, QUICK);
    assert.deepEqual(found, {
      name: 'OWFS (1-wire) Server',
      machine: 'raspberrypi',
      host: '198.51.100.7',
      port: 4304,
      addresses: pi.addresses,
    });
    assert.deepEqual(more, []);
  });

  it('prefers the address that was heard from, then IPv4, then IPv6, then the name', async () => {
    const from = (addresses: string[]): Announcement => ({
      name: 'a',
      host: `m${addresses.length}.local.`,
      port: 4304,
      addresses,
    });
    const all = [
      from(['fe80::1', '169.254.3.4', '2001:db8::1', '198.51.100.8']),
      from(['fe80::1', '2001:db8::1', '127.0.0.1']),
      from(['fe80::1']),
      from([]),
    ];
    assert.deepEqual(hosts(await search(hears(...all).start, QUICK)).sort(), [
      '198.51.100.8:4304',
      '2001:db8::1:4304',
      'm0.local:4304',
      'm1.local:4304',
    ]);
  });

  it('takes localhost for what this machine announces', async () => {
    const [own] = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal }) => !internal);
    if (!own) return;
    const { address } = own;
    const mine = { ...pi, addresses: [address], referer: { address } };
    assert.deepEqual(hosts(await search(hears(mine).start, QUICK)), ['localhost:4304']);
  });

  it('lists one owserver once, with all its addresses', async () => {
    const again = { ...pi, host: 'RaspberryPi.local', addresses: ['198.51.100.9', '198.51.100.7'] };
    const [found, ...more] = await search(hears(pi, again).start, QUICK);
    assert.deepEqual(more, []);
    assert.deepEqual(found?.addresses, ['fe80::1', '172.17.0.1', '198.51.100.7', '198.51.100.9']);
  });

  it('sorts by machine, as people count', async () => {
    const named = ['pi10', 'Pi2', 'attic'].map((host) => ({ ...pi, host }));
    const found = await search(hears(...named).start, QUICK);
    assert.deepEqual(
      found.map(({ machine }) => machine),
      ['attic', 'Pi2', 'pi10'],
    );
  });

  it('finds nothing where nothing announces itself', async () => {
    assert.deepEqual(await search(hears().start, QUICK), []);
  });

  it('tells of 200 servers at most', async () => {
    const many = Array.from({ length: 300 }, (_, at) => ({ ...pi, host: `box${at}.local.` }));
    assert.equal((await search(hears(...many).start, QUICK)).length, 200);
  });

  it('asks again while it listens, and ends what it began', async () => {
    const { start, log } = hears();
    await search(start, QUICK);
    assert.deepEqual(log, ['started', 'asked again', 'asked again', 'ended']);
  });

  it('is over at once when this machine cannot search', async () => {
    const { start, log, fail } = hears();
    const searching = search(start, { again: [], end: 60_000 });
    fail();
    await fails(searching, 'EOW_CONNECT', 'noSearch');
    assert.deepEqual(log, ['started', 'ended']);
  });

  it('keeps what was heard before it failed', async () => {
    const { start, fail } = hears(pi);
    const searching = search(start, { again: [], end: 60_000 });
    fail();
    assert.equal((await searching).length, 1);
  });

  it('says so when it cannot even begin', async () => {
    const start: StartSearch = () => Promise.reject(new Error('not installed'));
    await fails(search(start, QUICK), 'EOW_CONNECT', 'noSearch');
  });

  it('is called off by its signal, and ends what it began', async () => {
    const { start, log } = hears(pi);
    const stop = new AbortController();
    const searching = search(start, { again: [], end: 60_000 }, stop.signal);
    stop.abort();
    const error = await fails(searching, 'EOW_ABORTED', 'aborted');
    assert.match(error.message, /^the search for servers was not waited for/);
    assert.deepEqual(log, ['started', 'ended']);
    await fails(search(start, QUICK, stop.signal), 'EOW_ABORTED');
    assert.equal(log.length, 2);
  });

  it('takes no other options than its own', async () => {
    for (const options of [null, 5, { timeout: 5 }, { timeoutMs: 0 }, { signal: {} }])
      await fails(discover(options as never), 'EOW_VALUE');
  });

  describe('on the network', () => {
    const name = `owserver of a test, ${process.pid}`;
    let bonjour: Bonjour | undefined;
    afterEach(async () => {
      const ending = bonjour;
      bonjour = undefined;
      if (ending) await new Promise<void>((resolve) => ending.destroy(resolve));
    });

    it('hears what another announces, unless there is no network', async function () {
      if (!(await multicastWorks())) this.skip();
      bonjour = new Bonjour({}, () => undefined);
      bonjour.publish({ name, type: 'owserver', port: 14304, probe: false });
      const found = (await discover()).find((one) => one.name === name);
      assert.equal(found?.port, 14304);
      assert.equal(found.machine, hostname());
      assert.ok(found.addresses.length > 0);
    });

    it('cannot search, and harms nobody, when another program keeps the port to itself', async function () {
      const other = createSocket('udp4');
      const taken = new Promise((resolve) => other.once('error', () => resolve(false)));
      other.bind(PORT);
      if (!(await Promise.race([taken, once(other, 'listening')]))) this.skip();
      try {
        await fails(discover(), 'EOW_CONNECT', 'noSearch');
      } finally {
        other.close();
      }
    });

    it('is shared by all who ask meanwhile', async () => {
      const both = [discover(), discover()].map((searching) =>
        searching.catch((thrown: unknown) => thrown),
      );
      const [one, other] = await Promise.all(both);
      assert.equal(one, other);
    });

    it('takes as long as it is told to', async () => {
      const start = performance.now();
      await discover({ timeoutMs: 50 }).catch(() => undefined);
      assert.ok(performance.now() - start < 1_500);
    });

    it('leaves no socket behind', async () => {
      const sockets = (): number =>
        process.getActiveResourcesInfo().filter((kind) => /udp/i.test(kind)).length;
      const before = sockets();
      await discover({ timeoutMs: 50 });
      // A socket that is closed is gone a turn or two later.
      for (let turn = 0; turn < 20 && sockets() > before; turn += 1) await delay(1);
      assert.equal(sockets(), before);
    });
  });
});

/** Does what one socket sends to all reach another of this machine? */
async function multicastWorks(): Promise<boolean> {
  const group = '224.0.0.251';
  const listener = createSocket({ type: 'udp4', reuseAddr: true });
  try {
    listener.bind(0);
    await once(listener, 'listening');
    listener.addMembership(group);
    const heard = once(listener, 'message', { signal: AbortSignal.timeout(1_000) });
    listener.send('?', listener.address().port, group);
    await heard;
    return true;
  } catch {
    return false;
  } finally {
    listener.close();
  }
}
