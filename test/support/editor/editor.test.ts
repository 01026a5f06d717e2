import { strict as assert } from 'node:assert';
import { ADMIN_AUTH, USERS } from '../node-red-admin.js';
import type { FlowNode } from '../node-red.js';
import { VERSIONS } from '../versions.js';
import { look } from './contrast.js';
import { editorWorld } from './world.js';

const FLOW: readonly FlowNode[] = [
  { id: 'tab', type: 'tab', label: 'test' },
  { id: 'in', type: 'inject', z: 'tab', x: 200, y: 100, payloadType: 'date', wires: [['out']] },
  { id: 'out', type: 'debug', z: 'tab', x: 500, y: 100, active: true, complete: 'payload' },
];

/** Something to drag, and a workspace that notes what was dropped on it and where. */
const DRAGGABLE = `
  document.body.insertAdjacentHTML('beforeend',
    '<div id="test-drag" draggable="true" style="position: fixed; top: 0; left: 0">drag me</div>');
  document.getElementById('test-drag').addEventListener('dragstart', (event) =>
    event.dataTransfer.setData('application/x-test', 'it'));
  const chart = document.getElementById('red-ui-workspace-chart');
  chart.addEventListener('dragover', (event) => event.preventDefault());
  chart.addEventListener('drop', (event) => {
    const data = event.dataTransfer.getData('application/x-test');
    globalThis.dropped = { data, x: event.clientX, y: event.clientY };
  });`;

for (const version of VERSIONS) {
  describe(`support: the editor of ${version.name}`, function () {
    this.timeout(60_000);
    const world = editorWorld(version, { settings: { adminAuth: ADMIN_AUTH } });

    it('counts what a user does, and nothing else', () =>
      world.edit({ user: USERS.admin, flows: FLOW }, async (editor) => {
        await editor.importFlow([{ id: 'note', type: 'comment', x: 200, y: 300, wires: [] }]);
        await editor.undo();
        assert.deepEqual((await editor.nodes()).map(({ id }) => id).sort(), ['in', 'out']);
        assert.deepEqual([editor.clicks, editor.typed], [0, 0]);

        await editor.openNode('in');
        await editor.type(editor.field('name'), 'now');
        await editor.press('Tab');
        await editor.done();
        assert.equal((await editor.nodes()).find(({ id }) => id === 'in')?.name, 'now');
        await editor.openNode('in');
        await editor.cancel();
        assert.deepEqual([editor.clicks, editor.typed], [5, 4]);

        await editor.deploy();
        await editor.inject('in');
        await editor.openSidebar('context');
        const before = editor.clicks;
        await editor.openSidebar('context');
        assert.equal(editor.clicks, before);
        assert.match(await editor.waitForDebug(/\d/), /^\d{13}$/);
      }));

    it('speaks the language and wears the colours asked for, and sees every problem', () =>
      world.edit({ user: USERS.viewer, locale: 'de', theme: 'dark' }, async (editor) => {
        const category = editor.page.locator('#red-ui-palette-header-network');
        assert.match((await category.textContent()) ?? '', /Netzwerk/);
        const { text, background, contrast } = await look(category);
        assert.ok(text > background && contrast > 4.5, `contrast ${contrast}`);

        await editor.page.evaluate(`console.error('one'); fetch('no-such-thing')`);
        const [first, second, ...more] = editor.takeProblems();
        assert.equal(first, 'console: one');
        assert.match(String(second), /^request: 404 GET .*no-such-thing$/);
        assert.deepEqual(more, []);
      }));

    it('begins anew each time: nothing is kept in the browser but its scripts', async () => {
      const KEPT = '[localStorage.kept, sessionStorage.kept, document.cookie].join()';
      const users = [USERS.admin, USERS.viewer];
      for (const user of users) {
        await world.edit({ user, flows: FLOW }, async ({ page }) => {
          assert.equal(await page.evaluate(KEPT), ',,');
          await page.evaluate(
            `localStorage.kept = sessionStorage.kept = document.cookie = 'kept=1'`,
          );
          assert.match(String(await page.evaluate(KEPT)), /(kept=1,?){3}/);
          await page.route('**/settings*', (route) => route.abort());
        });
      }
    });

    it('drags what the browser itself lets people drag', () =>
      world.edit({ user: USERS.admin, flows: FLOW }, async (editor) => {
        await editor.page.evaluate(DRAGGABLE);
        await editor.dragTo(editor.page.locator('#test-drag'), 320, 240);
        const { x, y } = await editor.at(320, 240);
        const dropped = await editor.page.evaluate('dropped');
        assert.deepEqual(dropped, { data: 'it', x: Math.round(x), y: Math.round(y) });
        assert.equal(editor.clicks, 1);
      }));
  });
}
