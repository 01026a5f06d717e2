#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { DEMO_SCRIPT, startSimulator, type Simulator } from './index.js';

const HELP = `Usage: owserver-simulator [--port 4304] [--host 127.0.0.1]

An owserver with a simulated 1-Wire bus: thermometers, relays, a counter, humidity, an iButton. A door
opens now and then, the iButton comes and goes, a thermometer is lost for a minute.

  --port <number>  TCP port to listen on, 0 for a free one (default 4304)
  --host <address> address to listen on (default 127.0.0.1)
  --help           this text`;

interface Settings {
  port: number;
  host: string;
}

/** What the arguments say; undefined when help is asked for. */
function readArguments(args: readonly string[]): Settings | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '4304' },
      host: { type: 'string', default: '127.0.0.1' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return undefined;
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535) {
    throw new Error(`The port is ${values.port}: it must be a whole number from 0 to 65535.`);
  }
  return { port, host: values.host };
}

/** Why the simulator could not start, in a sentence. */
function explain(error: unknown, { host, port }: Settings): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const where = `${host}:${port}`;
  if (code === 'EADDRINUSE')
    return `${where} is in use: stop the other program, or choose another --port.`;
  if (code === 'EACCES') return `${where} needs more rights: choose a --port above 1023.`;
  return `${where} cannot be listened on (${message}): check --host and --port.`;
}

function endOn(simulator: Simulator, signal: NodeJS.Signals): void {
  process.once(signal, () => void simulator.close());
}

function fail(sentence: string): void {
  console.error(sentence);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  let settings: Settings | undefined;
  try {
    settings = readArguments(process.argv.slice(2));
  } catch (error) {
    fail(`${(error as Error).message}\nTry --help.`);
    return;
  }
  if (!settings) {
    console.log(HELP);
    return;
  }
  try {
    const simulator = await startSimulator({ ...settings, script: DEMO_SCRIPT });
    console.log(`owserver simulator listens on ${simulator.host}:${simulator.port}`);
    endOn(simulator, 'SIGINT');
    endOn(simulator, 'SIGTERM');
  } catch (error) {
    fail(explain(error, settings));
  }
}

void main();
