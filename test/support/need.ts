import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

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

/** What to do about a missing program: nothing, skip the suite, or fail (REQUIRE_ALL=1). */
export function verdict(tool: Tool, found: boolean, requireAll: boolean): 'run' | 'skip' | Error {
  if (found) return 'run';
  if (!requireAll) return 'skip';
  return new Error(
    `REQUIRE_ALL=1 and ${tool} is missing: install it, on Debian with "apt-get install ${tool}".`,
  );
}

/**
 * Called first in the body of a `describe`: skips that suite by name when the program is missing,
 * or fails it when REQUIRE_ALL=1.
 */
export function need(tool: Tool): void {
  before(`needs ${tool}`, function () {
    const answer = verdict(tool, find(tool) !== undefined, process.env.REQUIRE_ALL === '1');
    if (answer instanceof Error) throw answer;
    if (answer === 'run') return;
    Object.assign(this.test?.parent ?? {}, { missing: tool });
    this.skip();
  });
}
