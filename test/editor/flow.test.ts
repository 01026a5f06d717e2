import { strict as assert } from 'node:assert';
import type { Editor } from '../support/editor/editor.js';
import { THEMES } from '../support/editor/theme.js';
import { editorWorld } from '../support/editor/world.js';
import { VERSIONS } from '../support/versions.js';

for (const version of VERSIONS) {
  describe(`the editor of ${version.name}`, function () {
    this.timeout(60_000);
    const world = editorWorld(version);

    // Node-RED 4 has no dark theme of its own.
    for (const theme of version.major < 5 ? THEMES.slice(0, 1) : THEMES) {
      it(`goes from an empty flow to a temperature in the debug tab (${theme})`, () =>
        world.edit({ theme, flows: [] }, async (editor) => {
          const { inject, read } = await buildFlow(editor);
          await editor.openDebug();
          await editor.inject(inject);
          assert.match(await editor.waitForDebug(/\d/), /^\d\d(\.\d+)?$/);
          assert.match(String(await editor.statusOf(read)), /^\d\d(\.\d+)? °C$/);
        }));
    }
  });
}

/** Places and wires inject, ow read and debug; gives ow read a simulated bus and a thermometer. */
async function buildFlow(editor: Editor): Promise<{ inject: string; read: string }> {
  const inject = await editor.drag('inject', 120, 120);
  const read = await editor.drag('ow-read', 360, 120);
  const debug = await editor.drag('debug', 640, 120);
  await editor.wire(inject, read);
  await editor.wire(read, debug);

  await editor.openNode(read);
  const server = await editor.addConfig('server');
  await editor.click(server.getByRole('radio', { name: 'Simulated bus' }));
  await editor.done();
  await editor.type(editor.field('path'), '28.021000000000/temperature');
  await editor.done();
  await editor.deploy();
  return { inject, read };
}
