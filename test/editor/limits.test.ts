import { strict as assert } from 'node:assert';
import type { Locator, Page } from 'playwright-core';
import { editorWorld } from '../support/editor/world.js';
import { answer, startFakeOwserver, type FakeOwserver } from '../support/fake-owserver.js';
import type { FlowNode } from '../support/node-red.js';
import { VERSIONS } from '../support/versions.js';
import * as wire from '../support/wire.js';

const NAMES = Array.from({ length: 5_200 }, (_, at) => `/x${String(at).padStart(4, '0')}/`);

const flowOf = (port: number): FlowNode[] => [
  { id: 'tab', type: 'tab', label: 'Test' },
  { id: 'server', type: 'owserver-config', host: '127.0.0.1', port },
  { id: 'node', type: 'ow-dir', z: 'tab', x: 200, y: 100, server: 'server', wires: [[]] },
];

const field = (page: Page, name: string): Locator => page.locator(`#node-config-input-${name}`);

for (const version of VERSIONS) {
  describe(`the editor at its limits in ${version.name}`, function () {
    this.timeout(60_000);
    const world = editorWorld(version);
    let owserver: FakeOwserver;
    beforeEach(async () => {
      owserver = await startFakeOwserver((request) => {
        if (request.type === 9) request.reply(wire.listing(NAMES.join(',')));
        else answer(request);
      });
    });
    afterEach(() => owserver.close());

    it('says how many entries are left where a directory holds too many to show', () =>
      world.edit({ flows: flowOf(owserver.port) }, async (editor) => {
        const { page } = editor;
        await editor.openNode('node');
        await editor.click(page.locator('.ow-browse'));
        const note = page.locator('.ow-panel .ow-tree > .ow-note');
        await note.filter({ hasText: '200 more are there' }).waitFor();
        assert.equal(await page.locator('.ow-panel .ow-row').count(), 5_000);
        await editor.cancel();
      }));

    it('moves a port that is typed behind a host into its own field', () =>
      world.edit({ flows: flowOf(owserver.port) }, async (editor) => {
        const { page } = editor;
        await page.evaluate("RED.editor.editConfig('', 'owserver-config', 'server')");
        await editor.dialog();
        for (const [typed, host, port] of [
          ['tcp://[::1]:4305/', '::1', '4305'],
          [' box:4306 ', 'box', '4306'],
          ['fe80::1', 'fe80::1', '4306'],
        ] as const) {
          await editor.type(field(page, 'host'), typed);
          await field(page, 'host').blur();
          assert.equal(await field(page, 'host').inputValue(), host);
          assert.equal(await field(page, 'port').inputValue(), port);
        }
        await editor.type(field(page, 'host'), 'box:4307');
        await editor.done();
        const server = (await editor.flow()).find(({ id }) => id === 'server');
        assert.deepEqual([server?.host, String(server?.port)], ['box', '4307']);
        editor.takeProblems();
      }));
  });
}
