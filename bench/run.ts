/**
 * `npm run bench`, or `npm run bench -- b c --rounds=9 --ms=3000 --sensors=20 --load=10`: ratios
 * taken in one run. Marks of what is hoped for stand beside them; none of them is a test. A reading
 * that is wrong is one: then the benchmark fails.
 */
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { find } from '../test/support/need.js';
import { freshReadings } from './bus/fresh-readings.js';
import { writeWaits } from './bus/write-waits.js';
import { costs } from './costs/costs.js';
import { EFFORT_OPTIONS, toEffort, type Effort } from './effort.js';
import { readRates } from './read-rates.js';
import { growth } from './watch/growth.js';
import { lostSensors } from './watch/lost-sensors.js';
import { reaction } from './watch/reaction.js';

type Part = (effort: Effort) => Promise<void>;

const PARTS: Readonly<Record<string, Part>> = {
  a: readRates,
  b: freshReadings,
  c: writeWaits,
  d: costs,
  e: reaction,
  f: lostSensors,
  g: growth,
};

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: EFFORT_OPTIONS });
  const effort = toEffort(values);
  for (const tool of ['owserver', 'socat'] as const) {
    if (!find(tool)) throw new Error(`The benchmark needs ${tool}: apt-get install ${tool}.`);
  }
  showVersions();
  const start = performance.now();
  for (const name of positionals.length > 0 ? positionals : Object.keys(PARTS)) {
    const part = PARTS[name];
    if (!part) throw new Error(`There is no part ${name}, only ${Object.keys(PARTS).join(', ')}.`);
    await part(effort);
  }
  console.log(`\nThe benchmark took ${((performance.now() - start) / 1000).toFixed(0)} s.`);
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
  console.error(`The benchmark failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
