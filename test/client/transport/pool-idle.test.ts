import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { exitOf, freePort } from '../../support/child.js';
import { answer } from '../../support/fake-owserver.js';
import * as wire from '../../support/wire.js';
import { world } from '../support.js';

/** Runs these lines, which find a `client` and never close it, in a process of their own. */
async function ends(port: number, lines: string): Promise<{ code: number | null; out: string }> {
  const code = `
    const { OwserverClient } = require('./client/index.ts');
    const client = new OwserverClient({ host: '127.0.0.1', port: ${port} });
    (async () => { ${lines} })();`;
  const child = spawn(process.execPath, ['--require', 'tsx/cjs', '--eval', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [exit, out] = await Promise.all([exitOf(child), text(child.stdout)]);
  return { code: exit.code, out };
}

describe('a program ends by itself', () => {
  const { server } = world();

  it('after a read, without close()', async () => {
    const { port } = await server(answer);
    const read = `console.log((await client.read('/system/a')).value);`;
    assert.deepEqual(await ends(port, read), { code: 0, out: '/system/a\n' });
  });

  it('after several reads at a time, without close()', async () => {
    const { port } = await server(answer);
    const read = `const all = await client.readAll(['/system/a', '/system/b', '/system/c']);
      console.log(all.map(({ value }) => value).join());`;
    assert.deepEqual(await ends(port, read), { code: 0, out: '/system/a,/system/b,/system/c\n' });
  });

  it('with a connection that is kept', async () => {
    const { port } = await server(answer);
    assert.deepEqual(await ends(port, `await client.connect(); console.log('up');`), {
      code: 0,
      out: 'up\n',
    });
  });

  it('while a lost connection is tried again', async () => {
    const connect = `await client.connect().catch(({ code }) => console.log(code));`;
    assert.deepEqual(await ends(await freePort(), connect), { code: 0, out: 'EOW_CONNECT\n' });
  });

  it('but not while a request is under way', async () => {
    const owserver = await server();
    const ended = ends(owserver.port, `console.log((await client.read('/system/a')).value);`);
    const request = await owserver.request(0);
    request.reply(wire.keepAlive());
    answer(request);
    assert.deepEqual(await ended, { code: 0, out: '/system/a\n' });
  });
});
