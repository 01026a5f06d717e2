import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { answer } from '../../support/fake-owserver.js';
import * as wire from '../../support/wire.js';
import { fails, pings, PLAIN, turn, wholeSentence, world } from '../support.js';

describe('a request', () => {
  const { server, client } = world();

  it('fails at its deadline when no connection is made', async () => {
    const dial = (): Promise<never> => new Promise(() => undefined);
    const lost = client({ port: 1 }, { dial, requestTimeoutMs: 20 });
    const error = await fails(lost.read(PLAIN), 'EOW_TIMEOUT', 'deadline');
    assert.equal(error.path, PLAIN);
    assert.match(error.message, /within 0\.02 s/);
  });

  it('fails when owserver says nothing for the inactivity timeout, and the connection ends', async () => {
    const owserver = await server();
    const busy = client(owserver, { inactivityTimeoutMs: 30 });
    const error = await fails(busy.read(PLAIN), 'EOW_TIMEOUT', 'silent');
    wholeSentence(error);
    assert.equal(error.path, PLAIN);
    await owserver.until(() => owserver.open === 0);
  });

  it('fails so too on a connection that was idle for longer than that', async () => {
    const owserver = await server((request) => {
      if (owserver.requests.length === 1) answer(request);
    });
    const slow = await server((request) => pings(request, 50, 5, () => answer(request)));
    const busy = client(owserver, { inactivityTimeoutMs: 150 });
    await busy.read(PLAIN);
    await client(slow).read(PLAIN);
    await fails(busy.read(PLAIN), 'EOW_TIMEOUT', 'silent');
    assert.equal(owserver.connections.length, 1);
  });

  it('is not sent again after that: it would only make a slow bus slower', async () => {
    const owserver = await server();
    const busy = client(owserver, { inactivityTimeoutMs: 30 });
    await fails(busy.read(PLAIN), 'EOW_TIMEOUT', 'silent');
    assert.equal(owserver.requests.length, 1);
  });

  it('takes the idle connections along: when the host is gone they are as dead', async () => {
    const owserver = await server((request) => {
      const { connections, requests } = owserver;
      const old = connections.slice(0, 2).includes(request.connection);
      // The first two are answered once both are there, so that each has a connection of its own.
      if (!old) answer(request);
      else if (requests.length === 2) for (const each of requests) answer(each);
    });
    const lost = client(owserver, { inactivityTimeoutMs: 50 });
    await Promise.all([lost.read(PLAIN), lost.read('/system/other')]);
    assert.equal(lost.connections, 2);
    await fails(lost.read(PLAIN), 'EOW_TIMEOUT', 'silent');
    assert.equal((await lost.read(PLAIN)).attempts, 1);
  });

  it('outlives the inactivity timeout while keep-alives arrive', async () => {
    const owserver = await server((request) => pings(request, 40, 10, () => answer(request)));
    const busy = client(owserver, { inactivityTimeoutMs: 250 });
    assert.equal((await busy.read(PLAIN)).value, PLAIN);
  });

  it('outlives the inactivity timeout while the entries of a DIR arrive', async () => {
    const owserver = await server(({ reply, connection }) => {
      let sent = 0;
      const timer = setInterval(() => {
        sent += 1;
        reply(sent <= 10 ? wire.dirEntry(`/28.${sent}`) : wire.dirEnd());
        if (sent > 10 || connection.closed) clearInterval(timer);
      }, 40);
    });
    const busy = client(owserver, { inactivityTimeoutMs: 250 });
    assert.equal((await busy.message({ type: 'dir', path: '/' })).length, 11);
  });

  it('does not outlive its deadline, however many keep-alives arrive', async () => {
    const owserver = await server((request) => pings(request, 5, 10_000));
    const busy = client(owserver, { requestTimeoutMs: 60 });
    const error = await fails(busy.read(PLAIN), 'EOW_TIMEOUT', 'deadline');
    wholeSentence(error);
    await owserver.until(() => owserver.open === 0);
  });

  it('leaves the queue when its time is up there, and is never sent', async () => {
    const owserver = await server(answer);
    const dials: (() => void)[] = [];
    const dial = async (): Promise<Socket> => {
      await new Promise<void>((resolve) => void dials.push(resolve));
      const socket = connect(owserver.port, '127.0.0.1');
      await once(socket, 'connect');
      return socket;
    };
    const busy = client(owserver, { dial, requestTimeoutMs: 40 });
    const late = [busy.read('/system/a'), busy.read('/system/b'), busy.write('/system/c', 1)];
    await Promise.all(late.map((one) => fails(one, 'EOW_TIMEOUT', 'deadline')));
    dials.shift()?.();
    await owserver.until(() => owserver.connections.length === 1 && owserver.open === 0);
    const next = busy.read(PLAIN);
    await turn();
    dials.shift()?.();
    assert.equal((await next).value, PLAIN);
    assert.deepEqual(
      owserver.requests.map(({ path }) => path),
      [PLAIN],
    );
  });

  it('never gets the late answer of another', async () => {
    const owserver = await server();
    const busy = client(owserver, { connections: 1, requestTimeoutMs: 100 });
    const slow = busy.read('/system/slow');
    const late = await owserver.request(0);
    await fails(slow, 'EOW_TIMEOUT', 'deadline');
    const next = busy.read(PLAIN);
    const request = await owserver.request(1);
    assert.notEqual(request.connection, late.connection);
    late.reply(wire.reply('late'));
    answer(request);
    assert.equal((await next).value, PLAIN);
  });

  it('tells that owserver is at work, at each keep-alive', async () => {
    const owserver = await server(({ reply }) =>
      reply(wire.keepAlive(), wire.keepAlive(), wire.reply('1')),
    );
    const waited: number[] = [];
    await client(owserver).read(PLAIN, { onWait: (ms) => void waited.push(ms) });
    assert.equal(waited.length, 2);
    assert.ok(
      waited.every((ms) => ms >= 0 && ms < 20_000),
      waited.join(),
    );
  });

  it('tells all who share it', async () => {
    const owserver = await server();
    const busy = client(owserver, { connections: 1 });
    const heard: string[] = [];
    const all = ['a', 'b'].map((name) => busy.read(PLAIN, { onWait: () => void heard.push(name) }));
    const { reply } = await owserver.request(0);
    reply(wire.keepAlive(), wire.reply('1'));
    await Promise.all(all);
    assert.deepEqual(heard, ['a', 'b']);
  });

  it('that was sent and not answered is uncertain when it is a write, whatever ended it', async () => {
    const owserver = await server();
    const hasty = client(owserver, { requestTimeoutMs: 30 });
    assert.match((await fails(hasty.write(PLAIN, 1), 'EOW_UNCERTAIN')).message, /within 0\.03 s/);
    const impatient = client(owserver, { inactivityTimeoutMs: 30 });
    assert.match(
      (await fails(impatient.write(PLAIN, 1), 'EOW_UNCERTAIN')).message,
      /nothing for 0\.03 s/,
    );
  });
});
