/**
 * `npm start`: Node-RED with the demo flow, in a user folder of its own inside the checkout.
 * PORT and HOST say where the editor is, OWSERVER=host:port takes a real owserver for the
 * simulator.
 */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { editorPort, Mistake, owserverAddress } from './choices.mjs';
import { prepareUserFolder } from './user-folder.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

async function start() {
  const port = editorPort(process.env.PORT);
  const host = process.env.HOST || '127.0.0.1';
  const address = owserverAddress(process.env.OWSERVER);
  await checkFree(host, port);
  const { folder, found } = await prepareUserFolder(root, address);
  console.log(greeting({ host, port, address, folder, found }));
  launch(folder, { PORT: String(port), HOST: host });
}

/** Fails with a sentence when Node-RED could not listen there. */
function checkFree(host, port) {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(new Mistake(whyNot(error, host, port))));
    server.listen(port, host, () => server.close(resolve));
  });
}

function whyNot({ code, message }, host, port) {
  const other = `choose another, for example PORT=${port === 1880 ? 1881 : 1880} npm start`;
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use: stop the program that uses it, or ${other}.`;
  if (code === 'EACCES') return `Port ${port} is not open to you: ${other}.`;
  return `HOST is "${host}", which is no address of this machine (${message}): leave it out, or use HOST=0.0.0.0.`;
}

function greeting({ host, port, address, folder, found }) {
  const everywhere = ['0.0.0.0', '::'].includes(host);
  const shown =
    everywhere || host === '127.0.0.1' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  const bus = address
    ? `owserver at ${address.host}, port ${address.port}`
    : 'the built-in simulator';
  return [
    '',
    '1-Wire for Node-RED: the demo',
    `  Editor    http://${shown}:${port}${everywhere ? ', open to your network without a password' : ''}`,
    found
      ? `  Bus       ${bus}`
      : '  Bus       as in your flow: the server that the demo came with is no longer in it',
    '  Readings  in this terminal, and in the debug sidebar of the editor',
    `  Flow      yours to change; kept in ${folder} (delete it to begin again)`,
    '  Stop      Ctrl-C',
    ...(address ? [] : ['', '  OWSERVER=host:port npm start  uses a real owserver']),
    `  ${address ? '\n  ' : ''}PORT=1881 npm start            takes another port; HOST=0.0.0.0 opens the editor to your network`,
    '',
  ].join('\n');
}

function launch(folder, env) {
  const nodeRed = dirname(createRequire(import.meta.url).resolve('node-red/package.json'));
  const settings = join(root, 'scripts', 'settings.cjs');
  const child = spawn(process.execPath, [join(nodeRed, 'red.js'), '-u', folder, '-s', settings], {
    env: { ...process.env, ...env },
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail(error));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}

function fail(error) {
  console.error(error instanceof Mistake ? error.message : error);
  process.exit(1);
}

start().catch(fail);
