import assert from 'node:assert/strict';
import type { OwserverClient } from '../../../client/index.js';
import { answer, type FakeOwserver, type FakeRequest } from '../../support/fake-owserver.js';
import * as wire from '../../support/wire.js';
import { fails, turn, world } from '../support.js';

const LAMP = '/29.AABBCCDDEEFF';
const PUMP = '/29.112233445566';
const ALIASES = '29AABBCCDDEEFF5A=lamp\r\n';
const PIN = 'y,000000,000001,rw,000001,v,';

const writes = (owserver: FakeOwserver): FakeRequest[] =>
  owserver.requests.filter(({ type }) => type === 3);
const brief = ({ path, data }: FakeRequest): string => `${path}=${data.toString()}`;

/** Answers all but writes; every property is a pin. */
function allButWrites(request: FakeRequest): void {
  if (request.path.startsWith('/structure/')) request.reply(wire.reply(PIN));
  else if (request.type !== 3) answer(request);
}

describe('writes', () => {
  const { server, client } = world();

  /** A client with three idle connections. */
  async function warm(): Promise<{ owserver: FakeOwserver; busy: OwserverClient }> {
    const reads: FakeRequest[] = [];
    const owserver = await server((request) => {
      if (!request.path.startsWith('/system/')) allButWrites(request);
      else if (reads.push(request) === 3) reads.forEach((read) => answer(read));
    });
    const busy = client(owserver);
    await busy.readAll(['/system/a', '/system/b', '/system/c']);
    return { owserver, busy };
  }

  it('to one device go out one after another in their order', async () => {
    const { owserver, busy } = await warm();
    const sent = ['1', '0', '1', '0'].map((value) => busy.write(`${LAMP}/PIO.A`, value));
    for (let at = 0; at < sent.length; at += 1) {
      await owserver.until(() => writes(owserver).length === at + 1);
      await busy.ping();
      assert.equal(writes(owserver).length, at + 1);
      answer(writes(owserver)[at]!);
      await sent[at];
    }
    assert.deepEqual(
      writes(owserver).map(brief),
      ['1', '0', '1', '0'].map((value) => `${LAMP}/PIO.A=${value}`),
    );
  });

  it('to several pins of one device go out one after another: owserver reads and writes them all', async () => {
    const { owserver, busy } = await warm();
    const sent = Promise.all([busy.write(`${LAMP}/PIO.A`, 1), busy.write(`${LAMP}/PIO.B`, 1)]);
    await owserver.until(() => writes(owserver).length === 1);
    await busy.ping();
    assert.equal(writes(owserver).length, 1);
    answer(writes(owserver)[0]!);
    await owserver.until(() => writes(owserver).length === 2);
    answer(writes(owserver)[1]!);
    await sent;
  });

  it('to several devices are under way together', async () => {
    const owserver = await server(allButWrites);
    const busy = client(owserver);
    const sent = Promise.all([busy.write(`${LAMP}/PIO.A`, 1), busy.write(`${PUMP}/PIO.A`, 1)]);
    await owserver.until(() => writes(owserver).length === 2);
    writes(owserver).forEach((request) => answer(request));
    await sent;
  });

  it('behind one that failed are sent all the same', async () => {
    const owserver = await server(allButWrites);
    const busy = client(owserver);
    const first = fails(busy.write(`${LAMP}/PIO.A`, 1), 'EOW_UNCERTAIN');
    const second = busy.write(`${LAMP}/PIO.A`, 0);
    await owserver.until(() => writes(owserver).length === 1);
    writes(owserver)[0]!.connection.reset();
    await first;
    await owserver.until(() => writes(owserver).length === 2);
    answer(writes(owserver)[1]!);
    await second;
  });

  it('keep their order although owserver tells late what the first one is about', async () => {
    const late: FakeRequest[] = [];
    const owserver = await server((request) => {
      if (request.path === '/structure/29/PIO.A') late.push(request);
      else if (request.type === 3) answer(request);
      else allButWrites(request);
    });
    const busy = client(owserver);
    await busy.write(`${LAMP}/PIO.B`, 0);
    const sent = Promise.all([busy.write(`${LAMP}/PIO.A`, 1), busy.write(`${LAMP}/PIO.B`, 1)]);
    await owserver.until(() => late.length === 1);
    await turn();
    late.forEach((request) => request.reply(wire.reply(PIN)));
    await sent;
    assert.deepEqual(writes(owserver).slice(1).map(brief), [`${LAMP}/PIO.A=1`, `${LAMP}/PIO.B=1`]);
  });

  it('keep their order although owserver tells the aliases in another', async () => {
    const asked: FakeRequest[] = [];
    const owserver = await server((request) => {
      if (request.path === '/settings/alias/list') asked.push(request);
      else if (request.type === 3) answer(request);
      else allButWrites(request);
    });
    const busy = client(owserver);
    await busy.readAll(['/system/a', '/system/b', '/system/c']);
    const sent = Promise.all([busy.write('/lamp/PIO', 1), busy.write('/lamp/PIO', 0)]);
    await busy.ping();
    while (writes(owserver).length < 2) {
      for (const request of asked.splice(0).reverse()) request.reply(wire.reply(ALIASES));
      await turn();
    }
    await sent;
    assert.deepEqual(writes(owserver).map(brief), ['/lamp/PIO=1', '/lamp/PIO=0']);
  });
});
