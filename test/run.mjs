/**
 * Runs the checks and the suites side by side, as many at a time as fit the machine:
 *   node test/run.mjs              all of it; test/package, node-red and editor want a build
 *   node test/run.mjs --fast       types and what is quick, for every save
 *   node test/run.mjs test/bus     these files or folders alone
 * What a process prints comes out in one piece when it has ended. At the end stand all failures once
 * more, a count for each suite, and the total as the last line.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { endAll, run } from './support/run/job.mjs';
import { plan } from './support/run/plan.mjs';
import { schedule } from './support/run/schedule.mjs';

const { Tally } = createRequire(import.meta.url)('./support/tally.cjs');

/** Below two nothing would run beside anything. */
const CORES = Math.max(2, availableParallelism());
/** Lines of a process that died, in the list of failures; above it, it is printed whole. */
const LAST_LINES = 30;

const tally = new Tally();
let stopped;

async function main() {
  const { values, positionals } = parseArgs({
    options: { fast: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const jobs = plan({ fast: values.fast, paths: positionals });
  if (jobs.length === 0) throw new Error(`There is no test in ${positionals.join(', ')}`);
  const folder = mkdtempSync(join(tmpdir(), 'owserver-results-'));
  try {
    await schedule(jobs, {
      cores: CORES,
      begin: (job, number) => run(job, join(folder, `${number}.json`)).then(report),
      isStopped: () => stopped !== undefined,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (stopped) {
    console.error(`stopped by ${stopped}`);
    process.exit(128 + constants.signals[stopped]);
  }
  printFailures();
  tally.lines().forEach((line) => console.log(line));
  process.exitCode = tally.failures.length > 0 ? 1 : 0;
}

/** Prints what a process printed, and counts what came of it. */
function report({ job, ms, output, end, result }) {
  if (stopped) return;
  const text = output.replace(/^\n+|\s+$/g, '');
  console.log(`\n${job.name} (${Math.round(ms / 1000)} s)\n${text ? `\n${text}\n` : ''}`);
  if (result) tally.add(result);
  const told = result && result.failures.length > 0;
  const incomplete = job.files && !result ? 'before its tests had come to their end' : '';
  if (told || (!end && !incomplete)) return;
  const last = text.split('\n').slice(-LAST_LINES).join('\n');
  const title = [end ?? 'ended', incomplete].filter(Boolean).join(' ');
  tally.fail(job.suite, { title, file: job.name, error: last });
}

function printFailures() {
  if (tally.failures.length > 0) console.log('\nfailures:\n');
  tally.failures.forEach(({ title, file, error }, index) => {
    const indented = error.replace(/^/gm, '     ');
    console.log(`  ${index + 1}) ${file ?? 'no file'}\n     ${title}\n${indented}\n`);
  });
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    stopped ??= signal;
    endAll();
  });

await main();
