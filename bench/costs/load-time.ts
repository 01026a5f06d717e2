import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { spreadOf, type Spread } from '../numbers.js';
import { ROOT } from '../settings.js';

const TIMES = 5;

/** Milliseconds to load the client, and the four nodes, each time in a fresh process. */
export async function loadTimes(): Promise<{ client: Spread; nodes: Spread }> {
  const { main, 'node-red': nodeRed } = JSON.parse(
    await readFile(join(ROOT, 'package.json'), 'utf8'),
  ) as { main: string; 'node-red': { nodes: Record<string, string> } };
  return {
    client: spreadOf(await loadOften([main])),
    nodes: spreadOf(await loadOften(Object.values(nodeRed.nodes))),
  };
}

async function loadOften(files: readonly string[]): Promise<number[]> {
  const times: number[] = [];
  for (let time = 0; time < TIMES; time += 1) times.push(await loadOnce(files));
  return times;
}

async function loadOnce(files: readonly string[]): Promise<number> {
  const paths = JSON.stringify(files.map((file) => join(ROOT, file)));
  const program = `
    const start = performance.now();
    ${paths}.forEach(require);
    console.log(performance.now() - start);`;
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', program]);
  return Number(stdout);
}
