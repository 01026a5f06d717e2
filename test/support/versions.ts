import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

/** A Node-RED to test with, and the Node.js that runs it. */
export interface Version {
  /** As in the titles of suites: `Node-RED 4`. */
  readonly name: string;
  readonly major: number;
  /** Folder of the package node-red. */
  readonly nodeRed: string;
  /** Program file of Node.js. */
  readonly node: string;
  /** Whether both are there, in the version that is asked for. */
  readonly found: boolean;
  /** The command that brings what is not there. */
  readonly install: string;
}

const FOLDER = 'test/versions/node-red-5';
const FOLDER_5 = resolve(__dirname, '../versions/node-red-5');
/** The oldest Node.js that Node-RED 5 runs on. */
const NODE_FOR_5 = [22, 9] as const;

/** The Node-RED that the suites use unless they ask: the one of the environment, or ours. */
export const DEFAULT_VERSION: Version = describeVersion(
  process.env.NODE_RED ?? dirname(createRequire(__filename).resolve('node-red/package.json')),
  process.env.NODE_BINARY ?? process.execPath,
  'npm ci',
);

/**
 * Every Node-RED to test with; only the one that the environment names, when it names one. Suites
 * of one that is not there begin with `need(version)`.
 */
export const VERSIONS: readonly Version[] =
  process.env.NODE_RED === undefined ? [DEFAULT_VERSION, nodeRed5()] : [DEFAULT_VERSION];

function describeVersion(nodeRed: string, node: string, install: string): Version {
  const version = versionIn(nodeRed);
  const [major = '?'] = version?.split('.') ?? [];
  const found = version !== undefined && existsSync(node);
  return { name: `Node-RED ${major}`, major: Number(major), nodeRed, node, found, install };
}

function nodeRed5(): Version {
  const nodeRed = join(FOLDER_5, 'node_modules', 'node-red');
  const own = join(FOLDER_5, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node');
  const node = runsNodeRed5(process.versions.node) ? process.execPath : own;
  const { dependencies } = readPackage(FOLDER_5);
  const found = versionIn(nodeRed) === dependencies?.['node-red'] && existsSync(node);
  const install = `npm ci --prefix ${FOLDER}`;
  return { name: 'Node-RED 5', major: 5, nodeRed, node, found, install };
}

/** Whether Node-RED 5 runs on this version of Node.js. */
export function runsNodeRed5(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > NODE_FOR_5[0] || (major === NODE_FOR_5[0] && minor >= NODE_FOR_5[1]);
}

function versionIn(folder: string): string | undefined {
  return existsSync(join(folder, 'package.json')) ? readPackage(folder).version : undefined;
}

interface PackageFile {
  version: string;
  dependencies?: Record<string, string>;
}

function readPackage(folder: string): PackageFile {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageFile;
}
