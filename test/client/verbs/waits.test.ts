import assert from 'node:assert/strict';
import { answer } from '../../support/fake-owserver.js';
import * as wire from '../../support/wire.js';
import { pings, world } from '../support.js';

const PATH = '/28.000000000001/temperature';

describe('who hears that owserver waits for the bus', () => {
  const { server, client } = world();

  it('hears nothing once the answer is there, although the name of the chip is still asked for', async () => {
    let told = (): void => undefined;
    const over = new Promise<void>((resolve) => (told = resolve));
    const owserver = await server((request) => {
      const { type, path, reply } = request;
      if (path.endsWith('/type')) pings(request, 20, 70, () => told());
      else if (path.startsWith('/structure/')) reply(wire.reply('t,000000,000001,ro,000012,v,'));
      else if (path === PATH && type === 2) reply(wire.reply('        21.5'));
      else answer(request);
    });
    const busy = client(owserver);
    const waits: number[] = [];
    const { value } = await busy.read(PATH, { onWait: (waitedMs) => waits.push(waitedMs) });
    assert.equal(value, 21.5);
    const before = waits.length;
    await over;
    await busy.ping();
    assert.equal(waits.length, before, `told ${waits.slice(before).join(' ')}`);
  });
});
