import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Version } from './versions.js';

/** Programs that some suites need and a fresh machine may lack. */
export type Tool = 'owserver' | 'chromium' | 'socat';

const NAMES: Record<Tool, readonly string[]> = {
  owserver: ['owserver'],
  chromium: ['chromium', 'chromium-browser', 'google-chrome'],
  socat: ['socat'],
};

/** The program's file, found on PATH, or undefined. */
export function find(tool: Tool, path = process.env.PATH ?? ''): string | undefined {
  const folders = path.split(delimiter);
  return NAMES[tool]
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((file) => existsSync(file));
}

const nameOf = (what: Tool | Version): string => (typeof what === 'string' ? what : what.name);

/** How to get what is missing. */
const helpOf = (what: Tool | Version): string =>
  typeof what === 'string'
    ? `install it, on Debian with "apt-get install ${what}"`
    : `install it with "${what.install}"`;

/** What to do about something that is missing: nothing, skip the suite, or fail (REQUIRE_ALL=1). */
export function verdict(
  what: Tool | Version,
  found: boolean,
  requireAll: boolean,
): 'run' | 'skip' | Error {
  if (found) return 'run';
  if (!requireAll) return 'skip';
  return new Error(`REQUIRE_ALL=1 and ${nameOf(what)} is missing: ${helpOf(what)}.`);
}

/**
 * Called first in the body of a `describe`: skips that suite by name when the program or the
 * version of Node-RED is missing, or fails it when REQUIRE_ALL=1.
 */
export function need(what: Tool | Version): void {
  before(`needs ${nameOf(what)}`, function () {
    const found = typeof what === 'string' ? find(what) !== undefined : what.found;
    const answer = verdict(what, found, process.env.REQUIRE_ALL === '1');
    if (answer instanceof Error) throw answer;
    if (answer === 'run') return;
    const missing = `${nameOf(what)} (${helpOf(what)})`;
    Object.assign(this.test?.parent ?? {}, { missing });
    this.skip();
  });
}
