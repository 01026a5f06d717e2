import { strict as assert } from 'node:assert';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ERROR_CODES } from '../../client/internal.js';
import { keysOf, LANGUAGES, NODES, PLUGINS, readJson, readText, ROOT } from './project.js';

const ENGLISH = 'en-US';

/** Whatever has labels, as a folder of dist/. */
const PARTS = [
  ...NODES.map((name) => ({ name, folder: `dist/nodes/${name}` })),
  ...PLUGINS.map((name) => ({ name, folder: `dist/plugins/${name}` })),
];

const keys = (folder: string, name: string, language: string): string[] =>
  keysOf(readJson(folder, 'locales', language, `${name}.json`)).sort();

for (const language of LANGUAGES) {
  describe(`the language ${language}`, () => {
    for (const { name, folder } of PARTS) {
      it(`has every text of ${name}`, () => {
        assert.deepEqual(keys(folder, name, language), keys(folder, name, ENGLISH));
      });
    }

    for (const name of NODES) {
      it(`has the help of ${name} where Node-RED looks for it`, () => {
        const own = `dist/nodes/${name}/locales/${language}/${name}.html`;
        assert.equal(existsSync(join(ROOT, own)), language !== ENGLISH);
        const help = readText('locales', language, `${name}.html`);
        assert.match(help, new RegExp(`^<script type="text/html" data-help-name="${name}">`));
        const page = readText('dist', 'nodes', name, `${name}.html`);
        if (language === ENGLISH) assert.ok(page.endsWith(help));
        else assert.equal(readText(own), help);
      });
    }

    it('has a few words for every code of an error', () => {
      const { short } = readJson('locales', language, 'owserver-config.json') as {
        short: Record<string, string>;
      };
      for (const code of ERROR_CODES) assert.ok(short[code], code);
    });
  });
}

describe('the languages', () => {
  it('are the same for every node and plugin: the folders of locales/', () => {
    for (const { folder } of PARTS) {
      assert.deepEqual(readdirSync(join(ROOT, folder, 'locales')), LANGUAGES, folder);
    }
  });
});
