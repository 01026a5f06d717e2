import { strict as assert } from 'node:assert';
import { filesBelow, keysOf, NODES, PACKAGE, readJson, readText } from './project.js';

const SCRIPT = /<script\b([^>]*)>([\s\S]*?)<\/script>/g;
const KEY = '[\\w-]+(?:\\.[\\w-]+)+';

/** Keys in data-i18n attributes: `key`, `[attribute]key`, several parted by semicolons. */
function htmlKeys(html: string): string[] {
  const values = [...html.matchAll(/data-i18n="([^"]+)"/g)].map((match) => match[1]!);
  return values
    .flatMap((value) => value.split(';'))
    .map((part) => part.replace(/^\s*\[[^\]]*\]/, '').trim());
}

/** Keys given literally to RED._() or this._(). */
function codeKeys(code: string): string[] {
  return [
    ...code.matchAll(new RegExp(`\\b_\\(\\s*['"\`](${KEY}|[\\w/@-]+:${KEY})['"\`]`, 'g')),
  ].map((match) => match[1]!);
}

const catalogue = (name: string): string[] =>
  keysOf(readJson('dist', 'nodes', name, 'locales', 'en-US', `${name}.json`));

/**
 * A key may name the catalogue of another node of ours; one of node-red itself is not ours to
 * check.
 */
function isMissing(key: string, own: string[]): boolean {
  const [, namespace, rest] = /^(?:([^:]+):)?(.+)$/.exec(key)!;
  if (namespace === undefined) return !own.includes(rest!);
  const other = NODES.find((name) => namespace === `${PACKAGE.name}/${name}`);
  if (other !== undefined) return !catalogue(other).includes(rest!);
  return !['node-red', 'editor'].includes(namespace);
}

const sourceKeys = (folder: string): string[] =>
  filesBelow(folder)
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) => codeKeys(readText(path)));

for (const name of NODES) {
  describe(`the built node ${name}`, () => {
    const html = (): string => readText('dist', 'nodes', name, `${name}.html`);

    it('has exactly one script with code, inline', () => {
      const scripts = [...html().matchAll(SCRIPT)].filter(
        ([, attributes]) => !/type="text\/(html|markdown)"/.test(attributes!),
      );
      assert.equal(scripts.length, 1);
      assert.equal(scripts[0]![1]!.trim(), 'type="text/javascript"');
      assert.match(
        scripts[0]![2]!,
        new RegExp(`RED\\.nodes\\.registerType\\(["']${name}["'], ?\\{`),
      );
    });

    it('has a form and a help text', () => {
      assert.match(html(), new RegExp(`data-template-name="${name}"`));
      assert.match(html(), new RegExp(`data-help-name="${name}"`));
    });

    it('finds every text it asks for in its catalogue', () => {
      const own = catalogue(name);
      const asked = [...htmlKeys(html()), ...codeKeys(html()), ...sourceKeys(`nodes/${name}`)];
      assert.deepEqual([...new Set(asked.filter((key) => isMissing(key, own)))], []);
    });
  });
}

describe('the code that the nodes share', () => {
  it('asks only for texts that a catalogue has', () => {
    const all = NODES.flatMap((name) => catalogue(name));
    assert.deepEqual(
      sourceKeys('nodes/shared').filter((key) => isMissing(key, all)),
      [],
    );
  });
});
