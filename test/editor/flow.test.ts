import { strict as assert } from 'node:assert';
import type { Locator } from 'playwright-core';
import type { Editor } from '../support/editor/editor.js';
import { THEMES } from '../support/editor/theme.js';
import { editorWorld } from '../support/editor/world.js';
import { VERSIONS } from '../support/versions.js';

const LIVING_ROOM = '28.021000000000';
const TEMPERATURE = /^\d\d(\.\d+)?$/;
const MOST_CLICKS = 10;

for (const version of VERSIONS) {
  describe(`the editor of ${version.name}`, function () {
    this.timeout(60_000);
    const world = editorWorld(version);

    for (const theme of THEMES) {
      it(`goes from nothing at all to a live temperature in ten clicks, nothing typed (${theme})`, () =>
        world.edit(
          { theme, flows: [{ id: 'tab', type: 'tab', label: 'test' }] },
          async (editor) => {
            await editor.openSidebar('owserver-sidebar');
            await editor.click(editor.page.getByRole('button', { name: /simulated bus/ }));
            await editor.deploy();
            const row = sidebarRow(editor, LIVING_ROOM);
            await row.hover();
            await editor.click(row.getByRole('button', { name: /every minute/ }));
            await editor.deploy();
            await editor.openDebug();
            assert.match(await editor.waitForDebug(TEMPERATURE), TEMPERATURE);
            assert.ok(editor.clicks <= MOST_CLICKS, `${editor.clicks} clicks`);
            assert.equal(editor.typed, 0);
            report(`${editor.clicks} clicks from nothing at all`);
          },
        ));
    }

    it('takes ten clicks and drags with a server that is there, each node placed and wired by hand', () =>
      world.edit({ flows: withServer() }, async (editor) => {
        await editor.openSidebar('owserver-sidebar');
        const inject = await editor.drag('inject', 120, 120);
        await editor.dragTo(sidebarRow(editor, LIVING_ROOM), 400, 120);
        const debug = await editor.drag('debug', 720, 120);
        const [read] = (await editor.nodes()).filter(({ type }) => type === 'ow-read');
        await editor.wire(inject, read!.id);
        await editor.wire(read!.id, debug);
        await editor.deploy();
        await editor.openDebug();
        await editor.inject(inject);
        assert.match(await editor.waitForDebug(TEMPERATURE), TEMPERATURE);
        assert.ok(editor.clicks <= MOST_CLICKS, `${editor.clicks} clicks and drags`);
        assert.equal(editor.typed, 0);
        report(`${editor.clicks} clicks and drags by hand`);
      }));

    it('lets a flow be built in the dialogs, its path chosen by browsing', () =>
      world.edit({ flows: withServer() }, async (editor) => {
        const inject = await editor.drag('inject', 120, 120);
        const read = await editor.drag('ow-read', 360, 120);
        const debug = await editor.drag('debug', 640, 120);
        await editor.wire(inject, read);
        await editor.wire(read, debug);
        await editor.openNode(read);
        await editor.click(editor.page.locator('.ow-browse'));
        await editor.click(panelRow(editor, LIVING_ROOM));
        await editor.click(panelRow(editor, 'temperature'));
        await editor.done();
        await editor.deploy();
        await editor.openDebug();
        await editor.inject(inject);
        assert.match(await editor.waitForDebug(TEMPERATURE), TEMPERATURE);
        assert.match(String(await editor.statusOf(read)), /^\d\d(\.\d+)? °C$/);
        assert.equal(editor.typed, 0);
      }));
  });
}

/** Shows a count below the title of the test. */
function report(text: string): void {
  process.stdout.write(`      ${text}
`);
}

function withServer() {
  return [
    { id: 'tab', type: 'tab', label: 'test' },
    { id: 'server', type: 'owserver-config', simulator: true },
  ];
}

function sidebarRow(editor: Editor, name: string): Locator {
  return rowIn(editor.page.locator('.ow-sidebar'), name);
}

function panelRow(editor: Editor, name: string): Locator {
  return rowIn(editor.page.locator('.ow-panel'), name);
}

function rowIn(place: Locator, name: string): Locator {
  const called = place.page().locator(`.ow-name:text-is("${name}")`);
  return place.locator('.ow-row').filter({ has: called });
}
