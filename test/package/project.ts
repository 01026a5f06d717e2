import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The parts of package.json that the tests read. */
export interface PackageJson {
  name: string;
  main: string;
  scripts: Record<string, string>;
  files: string[];
  engines: Record<string, string>;
  exports: Record<string, unknown>;
  typesVersions: Record<string, Record<string, string[]>>;
  bin: Record<string, string>;
  dependencies?: Record<string, string>;
  peerDependencies: Record<string, string>;
  peerDependenciesMeta: Record<string, { optional?: boolean }>;
  'node-red': { version: string; nodes: Record<string, string>; plugins: Record<string, string> };
}

/** The checkout. */
export const ROOT = resolve(__dirname, '../..');

/** A text file of the checkout. */
export const readText = (...path: string[]): string => readFileSync(join(ROOT, ...path), 'utf8');

/** A JSON file of the checkout. */
export const readJson = (...path: string[]): unknown => JSON.parse(readText(...path));

export const PACKAGE = readJson('package.json') as PackageJson;

/** Names of the nodes, config node first. */
export const NODES = Object.keys(PACKAGE['node-red'].nodes);

/** Names of the plugins. */
export const PLUGINS = Object.keys(PACKAGE['node-red'].plugins);

/** The languages that the editor and the runtime speak: a folder each. */
export const LANGUAGES = readdirSync(join(ROOT, 'locales'));

/** Every key of a catalogue, joined by points. */
export function keysOf(catalogue: unknown, prefix = ''): string[] {
  if (typeof catalogue !== 'object' || catalogue === null) return [prefix];
  return Object.entries(catalogue).flatMap(([key, value]) =>
    keysOf(value, prefix === '' ? key : `${prefix}.${key}`),
  );
}

/** Files below a folder of the checkout, as paths with `/`, hidden ones too; none of packages. */
export function filesBelow(folder: string): string[] {
  const path = (name: string): string => `${folder}/${name}`;
  const entries = readdirSync(join(ROOT, folder), { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => path(name));
  const folders = entries.filter((entry) => entry.isDirectory() && entry.name !== 'node_modules');
  return [...files, ...folders.flatMap(({ name }) => filesBelow(path(name)))];
}

/**
 * Files that people wrote: all but what .gitignore leaves out (asked without git, which may be
 * missing).
 */
export function ownFiles(): string[] {
  const left = /^(\.git|node_modules|dist(\..*)?|\.demo)$/;
  const entries = readdirSync(ROOT, { withFileTypes: true }).filter(({ name }) => !left.test(name));
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  const folders = entries
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => filesBelow(name));
  return [...files, ...folders].filter((path) => !/\.(tgz|log)$/.test(path));
}

/** What `npm pack` would publish. */
export interface Packed {
  readonly filename: string;
  /** Bytes of the tarball. */
  readonly size: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

/** Packs what is there now; `--dry-run` leaves no tarball. */
function pack(...args: string[]): Packed {
  const output = execFileSync('npm', ['pack', '--json', '--ignore-scripts', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    shell: process.platform === 'win32',
  });
  const result = JSON.parse(output) as unknown;
  const [first] = (Array.isArray(result) ? result : Object.values(result as object)) as Packed[];
  return first!;
}

/** What would be published, as it is now. */
export function packed(): Packed {
  return pack('--dry-run');
}

/** Puts what would be published into a folder of packages, as npm does. */
export function packInto(modules: string): void {
  const { filename } = pack('--pack-destination', modules);
  execFileSync('tar', ['-xzf', filename], { cwd: modules });
  mkdirSync(join(modules, PACKAGE.name, '..'), { recursive: true });
  renameSync(join(modules, 'package'), join(modules, PACKAGE.name));
  rmSync(join(modules, filename));
}
