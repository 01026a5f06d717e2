import assert from 'node:assert/strict';
import { OwError, type OwserverClient } from '../../client/index.js';
import type { Suite } from './conformance.test.js';
import { DEVICES } from './world.js';

/** The return value of a listing of what is no directory. */
const NOT_A_DIRECTORY = -20;

/** Lists a directory and all below it the long way: every entry is listed by itself. */
export async function listOneByOne(
  client: OwserverClient,
  path: string,
  depth: number,
): Promise<string[]> {
  const entries = await client.dir(path);
  if (depth === 1) return entries;
  const lists = entries.map(async (entry) => [entry, ...(await below(client, entry, depth - 1))]);
  return (await Promise.all(lists)).flat();
}

async function below(client: OwserverClient, path: string, depth: number): Promise<string[]> {
  try {
    return await listOneByOne(client, path, depth);
  } catch (thrown) {
    if (thrown instanceof OwError && thrown.ret === NOT_A_DIRECTORY) return [];
    throw thrown;
  }
}

/** What is found by listing several directories at once. */
export function walkPromises({ world, client }: Suite): void {
  const inOrder = (paths: string[]): string[] => (world.bus === undefined ? paths : paths.sort());
  let all: Promise<string[]> | undefined;
  for (const depth of [1, 2, 3, 10]) {
    it(`lists to a depth of ${depth} what listing every directory by itself lists`, async () => {
      all ??= listOneByOne(client(), '/', 10);
      const expected = (await all).filter((path) => path.split('/').length <= depth + 1);
      assert.deepEqual(inOrder(await client({}).dir('/', { depth })), inOrder(expected));
      assert.deepEqual(inOrder(await client().dir('/', { depth })), inOrder(expected));
    });
  }

  it('lists below a device and a directory of owserver just so', async () => {
    for (const path of [`/${DEVICES.counter}`, '/settings', '/structure/29']) {
      const expected = await listOneByOne(client(), path, 3);
      assert.deepEqual(await client({}).dir(path, { depth: 3 }), expected, path);
    }
  });

  it('says that what is to be listed deeply is no directory, or is not there', async () => {
    const options = { depth: 3 };
    const property = `/${DEVICES.relay}/type`;
    await assert.rejects(client().dir(property, options), { ret: NOT_A_DIRECTORY });
    await assert.rejects(client().dir('/28.0F0F0F0F0F0F', options), { code: 'EOW_ABSENT' });
  });
}
