import { strict as assert } from 'node:assert';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

interface Job {
  readonly files?: readonly string[];
}

const TESTS = resolve(__dirname, '../..');

describe('support: the plan of all suites', () => {
  it('has each test file of each folder in just one process', async () => {
    const url = pathToFileURL(resolve(__dirname, 'plan.mjs')).href;
    const { plan } = (await import(url)) as { plan: (what: object) => Job[] };
    const planned = plan({}).flatMap(({ files = [] }) => files);
    const there = readdirSync(TESTS, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.test.ts') && !name.includes('node_modules'))
      .map((name) => join(TESTS, name));
    assert.deepEqual([...planned].sort(), there.sort());
  });
});
