import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout, clearTimeout } from 'node:timers';
import { ROOT } from './plan.mjs';

/** A process that prints nothing for so long hangs; the longest test is far below. */
const SILENT_MS = 600_000;
/** How long a process may take to end what it started. */
const END_MS = 10_000;

const MOCHA = join(
  dirname(createRequire(import.meta.url).resolve('mocha/package.json')),
  'bin',
  'mocha.js',
);

const running = new Set();

/**
 * Runs one job of the plan and resolves when it has ended: `{ job, ms, output, end, result }`, with
 * all that it printed, how it ended if not well, and what its tests counted, if it has any and came
 * to their end. `resultFile` is a file to leave that in.
 */
export function run(job, resultFile) {
  const begin = performance.now();
  const child = start(job, resultFile);
  running.add(child);
  let output = '';
  let hangs = false;
  const silence = setTimeout(() => {
    hangs = true;
    end(child);
  }, SILENT_MS);
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
      silence.refresh();
    });
  return new Promise((resolve) => {
    const finish = (how) => {
      clearTimeout(silence);
      running.delete(child);
      const ms = performance.now() - begin;
      resolve({ job, ms, output, end: hangs ? 'hung' : how, result: read(resultFile) });
    };
    child.once('error', (error) => finish(error.message));
    child.once('close', (code, signal) =>
      finish(code === 0 ? undefined : signal ? `ended by ${signal}` : `ended with code ${code}`),
    );
  });
}

/** Ends all that runs, and whatever that started. */
export function endAll() {
  for (const child of running) end(child);
}

function end(child) {
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), END_MS).unref();
}

function start({ command, files }, resultFile) {
  const options = { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] };
  if (command) {
    const shell = process.platform === 'win32';
    return spawn(command[0], command.slice(1), { ...options, shell });
  }
  // Said either way: where CI is set Mocha would colour what goes into a file.
  const colour = process.stdout.isTTY ? '--color' : '--no-color';
  const args = [MOCHA, colour, '--reporter-option', `result=${resultFile}`, ...files];
  return spawn(process.execPath, args, options);
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
