/**
 * `npm run bench`, or `npm run bench -- a --rounds=9 --ms=3000`: ratios taken in one run. Marks of
 * what is hoped for stand beside them; none of them is a test.
 */
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { hasOwserver } from '../test/support/owserver.js';
import { readRates, type Effort } from './read-rates.js';

type Part = (effort: Effort) => Promise<void>;

const PARTS: Readonly<Record<string, Part>> = { a: readRates };

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '7' },
      ms: { type: 'string', default: '2000' },
    },
  });
  const effort = { rounds: wholeNumber(values.rounds), ms: wholeNumber(values.ms) };
  if (!hasOwserver()) throw new Error('The benchmark needs owserver: apt-get install owserver.');
  showVersions();
  for (const name of positionals.length > 0 ? positionals : Object.keys(PARTS)) {
    const part = PARTS[name];
    if (!part) throw new Error(`There is no part ${name}, only ${Object.keys(PARTS).join(', ')}.`);
    await part(effort);
  }
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new Error(`${text} is not a whole number above 0.`);
}

function showVersions(): void {
  const require = createRequire(__filename);
  const version = (name: string): string =>
    (require(`${name}/package.json`) as { version: string }).version;
  const printed = execFileSync('owserver', ['--version'], { encoding: 'utf8', stdio: 'pipe' });
  const owserver = /\d+(\.\d+)\S*/.exec(printed)?.[0] ?? '?';
  console.log(
    [
      `Node.js ${process.version}`,
      `Node-RED ${version('node-red')}`,
      `owserver ${owserver}`,
      `owfs ${version('owfs')}`,
      `${availableParallelism()} CPUs (${cpus()[0]?.model ?? '?'})`,
    ].join(', '),
  );
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
