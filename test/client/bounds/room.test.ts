import assert from 'node:assert/strict';
import type { Reading, Value } from '../../../client/index.js';
import { Room } from '../../../client/verbs/room.js';
import { answer } from '../../support/fake-owserver.js';
import * as wire from '../../support/wire.js';
import { wholeSentence, world } from '../support.js';

const MIB = 2 ** 20;

describe('the values of several paths', () => {
  const { server, client } = world();

  const reading = (value: Value, raw?: string): Reading => ({
    path: '/a',
    value,
    cached: true,
    ms: 1,
    attempts: 1,
    ...(raw !== undefined && { raw }),
  });
  /** How many such readings there is room for. */
  const fit = async (one: Reading, most: number): Promise<number> => {
    const room = new Room();
    for (let count = 0; count < most; count += 1)
      if ((await room.read('/a', () => Promise.resolve(one)).catch(() => true)) === true)
        return count;
    return most;
  };

  it('have 12 MiB in all', async () => {
    const text = 'x'.repeat(MIB);
    assert.equal(await fit(reading(text), 100), 11);
    assert.equal(await fit(reading(text, text), 100), 5);
    assert.equal(await fit(reading(Buffer.alloc(MIB)), 100), 11);
    assert.equal(await fit(reading(Array<Buffer>(10_000).fill(Buffer.alloc(1))), 100), 6);
    assert.equal(await fit(reading(21.5, '        21.5'), 10_000), 10_000);
  });

  it('that find no room beside the others fail, each with its path, and are not asked for', async () => {
    const text = Buffer.alloc(65_536, 'x');
    const owserver = await server((request) => {
      if (request.path.startsWith('/system/')) request.reply(wire.reply(text));
      else answer(request);
    });
    const paths = Array.from({ length: 400 }, (_, at) => `/system/t${at}`);
    const results = await client(owserver).readAll(paths);
    const failed = results.flatMap((result) => ('error' in result ? [result] : []));
    assert.ok(failed.length > 250 && failed.length < 350, `${failed.length} failed`);
    wholeSentence(failed[0]!.error);
    for (const { path, error } of failed)
      assert.deepEqual([error.id, error.path], ['valuesTooBig', path]);
  });
});
