import assert from 'node:assert/strict';
import type { Simulator } from '../../../simulator/index.js';
import { answer } from '../../support/fake-owserver.js';
import * as wire from '../../support/wire.js';
import { houses } from '../simulated.js';
import { fails, world } from '../support.js';

const FIRST = '28.000000000001';
const SECOND = '28.000000000002';
const DEVICES = [
  { id: FIRST, values: { temperature: 21 } },
  { id: SECOND, alias: 'shed', values: { temperature: 4 }, bus: 1 },
];
const IO_ERROR = { ret: -5 };

describe('a question that owserver refuses once', () => {
  const house = houses();
  const { server, client: clientOf } = world();

  it('does not end the count of the buses', async () => {
    const { client, simulator } = await house({ devices: DEVICES });
    simulator.addFault({ type: 'presence', path: '/bus.1', then: IO_ERROR });
    const path = `/${SECOND}/temperature`;
    assert.equal((await fails(client.read(path, { source: 'convert' }), 'EOW_RETURN')).path, path);
    const { value, fallback } = await client.read(path, { source: 'convert' });
    assert.deepEqual([value, fallback], [4, undefined]);
  });

  it('fails no read that only wanted to know its bus', async () => {
    const { client, simulator } = await house({ devices: DEVICES });
    simulator.addFault({ type: 'presence', path: '/bus.0', then: IO_ERROR });
    const results = await client.readAll([`/${FIRST}/temperature`, `/${SECOND}/temperature`]);
    assert.deepEqual(
      results.map((one) => ('error' in one ? one.error.code : one.value)),
      [21, 4],
    );
  });

  it('hides no bus whose list it was', async () => {
    const { client, simulator } = await house({ devices: DEVICES });
    simulator.addFault({ path: '/bus.1/unaliased', then: IO_ERROR });
    const read = () => client.read(`/${SECOND}/temperature`, { source: 'convert' });
    assert.equal((await read()).fallback, 'no-bus');
    assert.equal((await read()).fallback, undefined);
  });

  it('makes no sensor one without a supply of its own', async () => {
    const { client, simulator } = await house({ devices: DEVICES });
    // During the conversion, and after it.
    simulator.addFault({ path: `/${FIRST}/power`, times: 2, then: { bytes: wire.reply('') } });
    const read = () => client.read(`/${FIRST}/temperature`, { source: 'convert' });
    assert.equal((await read()).fallback, 'parasite-power');
    assert.equal((await read()).fallback, undefined);
  });

  it('is no answer about a property', async () => {
    const { client, simulator } = await house({ devices: DEVICES });
    const path = `/${FIRST}/temperature`;
    simulator.addFault({ path: '/structure/28/temperature', then: IO_ERROR });
    await fails(client.read(path), 'EOW_RETURN');
    assert.equal((await client.read(path)).unit, '°C');
  });

  it('leaves no device out of a listing', async () => {
    const { client, simulator } = await house({ devices: DEVICES });
    simulator.addFault({ path: '/settings/alias/list', then: IO_ERROR });
    await fails(client.devices(), 'EOW_RETURN');
    const devices = await client.devices();
    assert.deepEqual(devices.map(({ id }) => id).sort(), [FIRST, SECOND]);
  });

  it('does not change how directories are listed, unless another way works', async () => {
    const { client, simulator } = await house({ devices: DEVICES });
    simulator.addFault({ path: '/settings', times: 3, then: { ret: -42 } });
    await fails(client.dir('/settings'), 'EOW_RETURN');
    await client.dir('/settings');
    assert.deepEqual(ways(simulator), ['dirallslash', 'dirall', 'dir', 'dirallslash']);
    simulator.addFault({ path: '/settings', then: { ret: -42 } });
    await client.dir('/settings');
    await client.dir('/settings');
    assert.deepEqual(ways(simulator).slice(4), ['dirallslash', 'dirall', 'dirall']);
  });

  it('does not make a simulated adapter a real one, on which nothing would be present', async () => {
    const names: string[] = [];
    const owserver = await server((request) => {
      const { path, type, reply } = request;
      if (path === `/${FIRST}/present`) reply(wire.reply('0'));
      else if (path === '/unaliased') reply(wire.listing(`/unaliased/${FIRST}/`));
      else if (type === 9) reply(wire.listing('/bus.0/,/settings/'));
      else if (path === '/bus.0/interface/settings/name') {
        names.push(path);
        reply(names.length === 1 ? wire.errorReply(-5) : wire.reply('Simulated-Random'));
      } else answer(request);
    });
    const client = clientOf(owserver);
    assert.equal(await client.present(`/${FIRST}`), true);
    assert.equal(await client.present(`/${FIRST}`), true);
    assert.equal(await client.present(`/${FIRST}`), true);
    assert.equal(names.length, 2);
  });
});

/** The messages that directories were listed with. */
function ways({ requests }: Simulator): string[] {
  return requests.filter(({ path }) => path === '/settings').map(({ type }) => type);
}
