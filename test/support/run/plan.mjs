import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

const TEST_FOLDER = join(ROOT, 'test');
const CACHE = join(ROOT, 'node_modules', '.cache');

/**
 * What runs, what takes longest first, so that none of it is left over at the end. `each`: every
 * file of the folder in a process of its own, otherwise all in one, or in as many as `parts`. `cores`: what a process is worth
 * of the machine, little for one that mostly waits for a bus, more than one for a browser that draws
 * without a graphics card: two of these at a time are no faster, and too slow for the limits of tests.
 */
const KINDS = [
  { folder: 'editor', each: true, cores: 1.5 },
  { folder: 'conformance', each: true, cores: 0.5 },
  { check: true, cores: 1 },
  { folder: 'bus', each: true, cores: 0.5 },
  { folder: 'support', each: true, cores: 1 },
  { folder: 'node-red', each: true, cores: 0.5 },
  { folder: 'client', parts: 2, cores: 1 },
  { folder: 'nodes', parts: 2, cores: 0.5 },
];
const OTHER = { cores: 1 };

/** What needs neither build nor owserver nor browser, and is over soon. */
const FAST = ['client', 'nodes', 'simulator'];

/**
 * The processes to run, in this order: `{ name, suite, cores, files }`, or `command` in place of
 * files. Without paths: the checks of package.json and every suite; with paths: these files and
 * folders alone.
 */
export function plan({ fast = false, paths = [] }) {
  if (paths.length > 0) return inOrder(suites(paths.map((path) => resolve(path))));
  if (fast) {
    const folders = FAST.map((name) => join(TEST_FOLDER, name));
    return inOrder([...checks(['types']).map(cached), ...suites(folders)]);
  }
  return inOrder([...checks(['lint', 'types']), ...suites([TEST_FOLDER])]);
}

function inOrder(jobs) {
  const place = ({ kind }) => (kind === OTHER ? KINDS.length : KINDS.indexOf(kind));
  return jobs
    .sort((a, b) => place(a) - place(b) || b.bytes - a.bytes)
    .map(({ kind, ...job }) => ({ ...job, cores: kind.cores }));
}

/** Each command of these scripts, which stand there with && between them. */
function checks(names) {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const kind = KINDS.find(({ check }) => check);
  return names.flatMap((suite) =>
    scripts[suite].split(' && ').map((name) => {
      const [program, ...args] = name.split(' ');
      const command = [join(ROOT, 'node_modules', '.bin', program), ...args];
      return { name, suite, command, kind, bytes: 0 };
    }),
  );
}

/** The compiler looks only at what changed since it was here last. */
function cached({ command, ...check }, index) {
  mkdirSync(CACHE, { recursive: true });
  const file = join(CACHE, `types-${index}.tsbuildinfo`);
  return { ...check, command: [...command, '--incremental', '--tsBuildInfoFile', file] };
}

function suites(paths) {
  const folders = new Map();
  for (const file of paths.flatMap(testFiles)) {
    const suite = suiteOf(file);
    folders.set(suite, [...(folders.get(suite) ?? []), file]);
  }
  return [...folders].flatMap(([suite, files]) => {
    const kind = KINDS.find(({ folder }) => folder === suite) ?? OTHER;
    const count = kind.each || suite === 'other' ? files.length : (kind.parts ?? 1);
    const parts = dealt(files, count);
    return parts.map((part, index) => ({
      name: nameOf(suite, part, parts.length > 1 ? ` ${index + 1}` : ''),
      suite,
      files: part,
      kind,
      bytes: sizeOf(part),
    }));
  });
}

/** Files in so many parts that are about as long. */
function dealt(files, count) {
  const sorted = [...files].sort((a, b) => sizeOf([b]) - sizeOf([a]));
  const parts = Array.from({ length: Math.min(count, files.length) }, () => []);
  sorted.forEach((file, index) => parts[index % parts.length].push(file));
  return parts;
}

function nameOf(suite, files, number) {
  return files.length === 1 ? relative(ROOT, files[0]) : `test/${suite}${number}`;
}

/** Long files tend to take long. */
function sizeOf(files) {
  return files.reduce((bytes, file) => bytes + statSync(file).size, 0);
}

/** As the reporter names it. */
function suiteOf(file) {
  const [folder, ...rest] = relative(TEST_FOLDER, file).split(sep);
  return rest.length > 0 && folder !== '..' ? folder : 'other';
}

/** The file itself, or the test files below the folder; none of packages. */
function testFiles(path) {
  if (!statSync(path).isDirectory()) return [path];
  const entries = readdirSync(path, { withFileTypes: true });
  return entries.flatMap((entry) => {
    const below = join(path, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : testFiles(below);
    return entry.name.endsWith('.test.ts') ? [below] : [];
  });
}
