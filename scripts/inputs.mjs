import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What dist/ is made of. */
const FOLDERS = [
  'client',
  'contract',
  'editor',
  'icons',
  'locales',
  'nodes',
  'plugins',
  'scripts',
  'settings',
  'simulator',
  'words',
];
const FILES = ['build.mjs', 'package-lock.json', 'package.json'];

/** A text that changes with anything that dist/ is made of. */
export async function hashInputs(root) {
  const lists = await Promise.all(FOLDERS.map((folder) => filesIn(root, folder)));
  const settings = (await readdir(root)).filter((name) => /^tsconfig.*\.json$/.test(name));
  const hash = createHash('sha256');
  for (const file of [...FILES, ...settings, ...lists.flat()].sort())
    hash.update(`${file}\0`).update(await readFile(join(root, file)));
  return hash.digest('hex');
}

async function filesIn(root, folder) {
  const options = { recursive: true, withFileTypes: true };
  const entries = await readdir(join(root, folder), options);
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1));
}
