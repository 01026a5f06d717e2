import assert from 'node:assert/strict';
import { cut } from '../../../client/errors/cut.js';
import { OwError } from '../../../client/errors/ow-error.js';
import { parseDecimal } from '../../../client/values/number.js';
import { parseStructure } from '../../../client/values/structure.js';
import { answer } from '../../support/fake-owserver.js';
import * as wire from '../../support/wire.js';
import { fails, world } from '../support.js';

const LONG = 'x'.repeat(90_000);
const DEVICE = '/28.AABBCCDDEEFF';

describe('a text that a server sends', () => {
  const { server, client } = world();

  it('is 100 characters of the name of a chip', async () => {
    const owserver = await server((request) => {
      if (request.path.endsWith('/type')) request.reply(wire.reply(LONG));
      else if (request.type === 9) request.reply(wire.listing(`${DEVICE}/`));
      else answer(request);
    });
    const [device] = await client(owserver).devices('/');
    assert.equal(device?.type, 'x'.repeat(100));
    const [entry] = await client(owserver).browse('/');
    assert.equal(entry?.device?.type?.length, 100);
  });

  it('is 200 characters of what it says of an error', async () => {
    const owserver = await server(({ path, reply }) =>
      path.startsWith('/settings/')
        ? reply(wire.reply(`legacy - ${LONG}`))
        : reply(wire.errorReply(-5)),
    );
    const error = await fails(client(owserver).read('/system/x'), 'EOW_RETURN');
    assert.match(error.message, /\(x{191}\)/);
  });

  it('is 40 characters of a value that is none', async () => {
    for (const text of [LONG, `nan(${LONG})`]) {
      const owserver = await server(({ path, reply }) =>
        path.startsWith('/structure/')
          ? reply(wire.reply('t,000000,000001,ro,000012,v,'))
          : reply(wire.reply(text)),
      );
      const { message, params } = await fails(
        client(owserver).read(`${DEVICE}/temperature`),
        'EOW_VALUE',
      );
      assert.ok(message.length < 200, `${message.length} characters`);
      assert.ok(typeof params.text === 'string' && params.text.length === 41);
    }
  });

  it('is 200 characters of anything in a sentence, the path too', () => {
    const { message, params, path } = new OwError(
      'returned',
      { text: LONG, hint: LONG, ret: -5 },
      {
        path: `/${LONG}`,
      },
    );
    assert.ok(message.length < 700, `${message.length} characters`);
    assert.equal(params.text, `${'x'.repeat(200)}…`);
    assert.equal(path?.length, LONG.length + 1);
    const told = new OwError('absent').withPath(`/${LONG}`).withParams({ text: LONG });
    assert.ok(JSON.stringify(told.params).length < 500);
  });

  it('is copied where it is cut, so that the rest of it can go', () => {
    assert.equal(cut('abc', 3), 'abc');
    assert.equal(cut('abcd', 3), 'abc…');
    assert.equal(cut('äöü€', 3), 'äöü…');
  });

  it('is no number after a look at each of its digits, however many there are', () => {
    const start = performance.now();
    assert.equal(parseDecimal(`${'1'.repeat(100_000)}x`), undefined);
    assert.ok(performance.now() - start < 1_000);
    for (const [text, number] of [
      ['1.', 1],
      ['.5', 0.5],
      ['1.5e3', 1_500],
      ['-0', 0],
      ['+2', 2],
    ] as const)
      assert.equal(parseDecimal(text), number);
    for (const text of ['.', '1.5.', '1e', '']) assert.equal(parseDecimal(text), undefined);
  });

  it('is a list of aliases after one look at it, whatever it holds', async () => {
    const line = `${'A'.repeat(16)}=`;
    const owserver = await server((request) => {
      if (request.path === '/settings/alias/list') request.reply(wire.reply(line.repeat(5_800)));
      else answer(request);
    });
    const start = performance.now();
    await client(owserver).read('/kitchen/temperature');
    assert.ok(performance.now() - start < 1_000);
  });
});

describe('a line of a table is none when it has', () => {
  for (const [what, line] of [
    ['more elements than a message has bytes', 'y,000000,100051,ro,000001,v,'],
    ['more bytes than a message', 'a,000000,000001,rw,100051,v,'],
    ['numbers beyond all bounds', `a,000000,${'9'.repeat(400)},rw,000001,v,`],
  ] as const)
    it(what, () => assert.equal(parseStructure(line), undefined));

  it('but not when it fills one', () => {
    assert.equal(parseStructure('b,-000001,100050,rw,100050,v,')?.elements, 100_050);
  });
});
