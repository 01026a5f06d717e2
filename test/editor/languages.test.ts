import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { editorWorld } from '../support/editor/world.js';
import { VERSIONS } from '../support/versions.js';

const ROOT = resolve(__dirname, '../..');

/** The languages that Node-RED is translated into by us. */
const LANGUAGES = readdirSync(resolve(ROOT, 'locales')).filter((name) => name !== 'en-US');

/** What a browser calls a language: with the region where most people speak it. */
function inBrowser(name: string): string {
  const { language, region } = new Intl.Locale(name).maximize();
  return `${language}-${region ?? ''}`;
}

/** A key that was shown in place of its text. */
const RAW_KEY = /\b(label|hint|kind|access|browse|tree|dialog|test|state|fit)\.[a-z]\w+/;

interface Shared {
  label: { path: string };
  browse: { open: string };
  dialog: { units: string };
}

const shared = (language: string): Shared => {
  const file = `locales/${language}/owserver-config.json`;
  return JSON.parse(readFileSync(resolve(ROOT, file), 'utf8')) as Shared;
};

for (const version of VERSIONS) {
  describe(`the languages of ${version.name}`, function () {
    this.timeout(60_000);
    const world = editorWorld(version);
    const flows = [
      { id: 'tab', type: 'tab', label: 'test' },
      { id: 'server', type: 'owserver-config', simulator: true },
      { id: 'node', type: 'ow-write', z: 'tab', x: 200, y: 100, server: 'server', wires: [[]] },
    ];

    for (const language of LANGUAGES) {
      it(`shows dialogs, browse panel and sidebar in ${language}`, () =>
        world.edit({ locale: inBrowser(language), flows }, async (editor) => {
          const words = shared(language);
          await editor.openSidebar('owserver-sidebar');
          const sidebar = editor.page.locator('.ow-sidebar');
          await sidebar.locator('.ow-row').first().waitFor();
          const dialog = await editor.openNode('node');
          await editor.click(editor.page.locator('.ow-browse'));
          await editor.page.locator('.ow-panel .ow-row').first().waitFor();
          const [form, side] = [await dialog.innerText(), await sidebar.innerText()];
          assert.ok(form.includes(words.label.path) && form.includes(words.browse.open), form);
          await editor.page.evaluate('RED.editor.editConfig("", "owserver-config", "server")');
          await editor.page.locator('.owserver-good').waitFor();
          const server = await (await editor.dialog()).innerText();
          assert.ok(server.includes(words.dialog.units), server);
          for (const text of [form, side, server]) assert.doesNotMatch(text, RAW_KEY);
        }));
    }
  });
}
