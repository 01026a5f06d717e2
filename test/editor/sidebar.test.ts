import { strict as assert } from 'node:assert';
import type { Locator } from 'playwright-core';
import { startSimulator, type Simulator } from '../../simulator/index.js';
import type { Editor } from '../support/editor/editor.js';
import { THEMES } from '../support/editor/theme.js';
import { until } from '../support/editor/until.js';
import { editorWorld } from '../support/editor/world.js';
import type { FlowNode } from '../support/node-red.js';
import { VERSIONS } from '../support/versions.js';

const TAB = { id: 'tab', type: 'tab', label: 'test' };
const LIVING_ROOM = '28.021000000000';

for (const version of VERSIONS) {
  describe(`the 1-Wire sidebar of ${version.name}`, function () {
    this.timeout(60_000);
    const world = editorWorld(version);
    let simulator: Simulator;

    beforeEach(async () => {
      simulator = await startSimulator();
    });
    afterEach(() => simulator.close());

    const flows = (): FlowNode[] => [
      TAB,
      { id: 'server', type: 'owserver-config', name: 'the house', ...address(simulator) },
    ];

    for (const theme of THEMES) {
      it(`shows each server with its state, its devices and their values (${theme})`, () =>
        world.edit({ theme, flows: flows() }, async (editor) => {
          await editor.openSidebar('owserver-sidebar');
          const row = sidebarRow(editor, LIVING_ROOM);
          await row.waitFor();
          const head = editor.page.locator('.ow-sidebar .ow-head');
          await head.filter({ hasText: /the house\s*connected/ }).waitFor();
          assert.match((await row.textContent()) ?? '', /DS18B20/);
          await shows(editor, LIVING_ROOM, /\d °C/);
        }));
    }

    it('drags a device onto the flow as a node that reads it, where it is dropped', () =>
      world.edit({ flows: flows() }, async (editor) => {
        await editor.openSidebar('owserver-sidebar');
        await sidebarRow(editor, LIVING_ROOM).waitFor();
        await editor.dragTo(sidebarRow(editor, LIVING_ROOM), 400, 200);
        const node = await onlyNode(editor);
        assert.equal(node.type, 'ow-read');
        assert.equal(node.path, `/${LIVING_ROOM}/temperature`);
        assert.equal(node.server, 'server');
        assert.ok(Math.abs(Number(node.x) - 400) <= 10, `x is ${String(node.x)}`);
        assert.ok(Math.abs(Number(node.y) - 200) <= 10, `y is ${String(node.y)}`);
        await editor.undo();
        await until(
          'the flow as it was',
          async () => (await editor.nodes()).length === 0 || undefined,
        );
      }));

    it('makes ow read, ow write and ow dir nodes that can be deployed as they are', () =>
      world.edit({ flows: flows() }, async (editor) => {
        await editor.openSidebar('owserver-sidebar');
        await editor.click(sidebarRow(editor, '3A.025000000000'));
        const pin = sidebarRow(editor, 'PIO.A');
        await pin.hover();
        await editor.dragTo(pin.getByRole('button', { name: /ow write/ }), 300, 100);
        await pin.hover();
        await editor.dragTo(pin.getByRole('button', { name: /ow read/ }), 300, 200);
        const device = sidebarRow(editor, '3A.025000000000');
        await device.hover();
        await editor.dragTo(device.getByRole('button', { name: /ow dir/ }), 300, 300);
        await editor.deploy();
        const nodes = await editor.nodes();
        assert.deepEqual(
          nodes.map(({ type, path }) => [type, path]),
          [
            ['ow-write', '/3A.025000000000/PIO.A'],
            ['ow-read', '/3A.025000000000/PIO.A'],
            ['ow-dir', '/3A.025000000000'],
          ],
        );
      }));

    it('switches an output, and shows what owserver says of it', () =>
      world.edit({ flows: flows() }, async (editor) => {
        await editor.openSidebar('owserver-sidebar');
        await editor.click(sidebarRow(editor, '3A.025000000000'));
        const knob = sidebarRow(editor, 'PIO.B').getByRole('switch');
        // What is not seen is not read.
        await knob.scrollIntoViewIfNeeded();
        await isSwitched(knob, false);
        await away(editor);
        await editor.clickBlindly(knob);
        await isSwitched(knob, true);
        await editor.clickBlindly(knob);
        await isSwitched(knob, false);
        assert.deepEqual(await editor.nodes(), [], 'no button beside it was hit');
        const writes = simulator.requests.filter(
          ({ type, path }) => type === 'write' && !path.startsWith('/simultaneous'),
        );
        assert.deepEqual(
          writes.map(({ path }) => path),
          ['/3A.025000000000/PIO.B', '/3A.025000000000/PIO.B'],
        );
      }));

    it('moves nothing that can be pressed when the pointer comes, nor when a value grows', () =>
      world.edit({ flows: flows() }, async (editor) => {
        simulator.device(LIVING_ROOM).set('temperature', 7);
        await editor.openSidebar('owserver-sidebar');
        await shows(editor, LIVING_ROOM, /^7 °C$/);
        await editor.click(sidebarRow(editor, '3A.025000000000'));
        await sidebarRow(editor, 'PIO.B').getByRole('switch').waitFor();
        for (const name of [LIVING_ROOM, 'PIO.B', 'sensed.A']) {
          await sidebarRow(editor, name).scrollIntoViewIfNeeded();
          await away(editor);
          const before = await places(sidebarRow(editor, name));
          await sidebarRow(editor, name).hover();
          const shown = await places(sidebarRow(editor, name));
          assert.ok(shown.size > before.size, `${name} has buttons of its own`);
          for (const [control, place] of before)
            assert.deepEqual(shown.get(control), place, control);
        }
        await sidebarRow(editor, LIVING_ROOM).hover();
        const before = await places(sidebarRow(editor, LIVING_ROOM));
        simulator.device(LIVING_ROOM).set('temperature', -12.0625);
        await shows(editor, LIVING_ROOM, /^-12.0625 °C$/);
        assert.deepEqual(await places(sidebarRow(editor, LIVING_ROOM)), before);
      }));

    it('sets an alias, by which the device is called from then on', () =>
      world.edit({ flows: flows() }, async (editor) => {
        await editor.openSidebar('owserver-sidebar');
        const row = sidebarRow(editor, LIVING_ROOM);
        await row.hover();
        await editor.click(row.getByRole('button', { name: /alias/ }));
        await editor.type(editor.page.locator('input.ow-alias'), 'küche');
        await editor.press('Enter');
        await sidebarRow(editor, 'küche').waitFor();
        assert.equal(await sidebarRow(editor, 'küche').getByText(LIVING_ROOM).count(), 1);
      }));

    it('leaves the alias as it was at Escape, and the keyboard where it was', () =>
      world.edit({ flows: flows() }, async (editor) => {
        await editor.openSidebar('owserver-sidebar');
        const row = sidebarRow(editor, LIVING_ROOM);
        await row.hover();
        await editor.click(row.getByRole('button', { name: /alias/ }));
        await editor.type(editor.page.locator('input.ow-alias'), 'küche');
        await editor.press('Escape');
        await row.waitFor();
        assert.equal(await editor.page.locator('input.ow-alias').count(), 0);
        const focused = editor.page.locator('.ow-row:focus .ow-name');
        assert.equal(await focused.textContent(), LIVING_ROOM);
        const writes = simulator.requests.filter(({ path }) => path.endsWith('/alias'));
        assert.deepEqual(writes, []);
      }));

    it('says of a server that waits for its first deploy just that, and shows it after', () =>
      world.edit({ flows: [TAB] }, async (editor) => {
        await editor.openSidebar('owserver-sidebar');
        await editor.click(editor.page.getByRole('button', { name: /simulated bus/ }));
        await editor.page.getByText(/not deployed yet/).waitFor();
        assert.equal(await editor.page.locator('.ow-failed').count(), 0, 'it is no error');
        await editor.deploy();
        await sidebarRow(editor, LIVING_ROOM).waitFor();
        assert.equal(await editor.page.getByText(/not deployed yet/).count(), 0);
      }));

    it('shows names that look like HTML as the text that they are', () =>
      world.edit({ flows: flows() }, async (editor) => {
        const name = 'system<img src=x onerror="window.harmed=1">';
        await editor.openSidebar('owserver-sidebar');
        const row = sidebarRow(editor, LIVING_ROOM);
        await row.hover();
        await editor.click(row.getByRole('button', { name: /alias/ }));
        await editor.type(editor.page.locator('input.ow-alias'), name);
        await editor.press('Enter');
        await editor.page.getByText('The alias "system<img', { exact: false }).waitFor();
        assert.equal(await editor.page.evaluate('window.harmed'), undefined);
        // The refused write is what this test is about.
        editor.takeProblems();
      }));

    it('reads only while it is seen', () =>
      world.edit({ flows: flows() }, async (editor) => {
        const readings = (): number =>
          simulator.requests.filter(({ path }) => /temperature|latesttemp/.test(path)).length;
        await editor.openSidebar('owserver-sidebar');
        await shows(editor, LIVING_ROOM, /\d °C/);
        await hideSidebar(editor);
        const before = readings();
        // Longer than the pause between two readings.
        await new Promise((resolve) => setTimeout(resolve, 6_500));
        assert.equal(readings(), before);
        await editor.openSidebar('owserver-sidebar');
        await until('a new reading', () => Promise.resolve(readings() > before || undefined));
      }));

    it('says why a server does not answer, and recovers by itself', () =>
      world.edit({ flows: flows() }, async (editor) => {
        const { port } = simulator;
        await simulator.close();
        await editor.openSidebar('owserver-sidebar');
        await editor.page
          .getByText(/Nothing listens on/)
          // The line below the server gives way to the same sentence in its tree.
          .filter({ visible: true })
          .first()
          .waitFor();
        simulator = await startSimulator({ port });
        await sidebarRow(editor, LIVING_ROOM).waitFor({ timeout: 40_000 });
        // The failed requests are what this test is about.
        editor.takeProblems();
      }));

    it('works with the keyboard alone', () =>
      world.edit({ flows: flows() }, async (editor) => {
        await editor.openSidebar('owserver-sidebar');
        await sidebarRow(editor, LIVING_ROOM).waitFor();
        const first = editor.page.locator('.ow-sidebar .ow-row[tabindex="0"]');
        assert.equal(await first.count(), 1, 'one row is in the order of the Tab key');
        await first.focus();
        await editor.press('End');
        await editor.press('Home');
        await editor.press('ArrowRight');
        await editor.page.locator('.ow-sidebar [role=group] .ow-row').first().waitFor();
        await editor.press('ArrowDown');
        await editor.press('Tab');
        const label = await editor.page.evaluate(
          'document.activeElement.getAttribute("aria-label")',
        );
        assert.match(String(label), /\/01\.029000000000\//);
        await editor.press('ArrowUp');
        await editor.press('ArrowLeft');
        await editor.page
          .locator('.ow-sidebar [role=group] .ow-row')
          .first()
          .waitFor({ state: 'hidden' });
      }));
  });
}

function address({ host, port }: Simulator): { host: string; port: number } {
  return { host, port };
}

function sidebarRow(editor: Editor, name: string) {
  const rows = editor.page.locator('.ow-sidebar .ow-row');
  return rows.filter({ has: editor.page.locator(`.ow-name:text-is("${name}")`) });
}

async function shows(editor: Editor, name: string, value: RegExp): Promise<void> {
  await sidebarRow(editor, name).locator('.ow-value').filter({ hasText: value }).waitFor();
}

async function isSwitched(knob: Locator, on: boolean): Promise<void> {
  const wanted = String(on);
  await until(
    `a switch that says ${wanted}`,
    async () => (await knob.getAttribute('aria-checked')) === wanted || undefined,
  );
}

/** Takes the pointer off the sidebar. */
async function away(editor: Editor): Promise<void> {
  const { x, y } = await editor.at(200, 300);
  await editor.page.mouse.move(x, y);
}

/** Where the things in a row are that can be pressed now, by what they are called. */
async function places(row: Locator): Promise<Map<string, unknown>> {
  const found = new Map<string, unknown>();
  for (const control of await row.locator('button, input, .ow-arrow').all()) {
    const name = (await control.getAttribute('aria-label')) ?? 'arrow';
    const place = await control.boundingBox();
    if (place) found.set(name, place);
  }
  return found;
}

async function onlyNode(editor: Editor): Promise<Record<string, unknown>> {
  const nodes = await until('a node', async () => {
    const all = await editor.nodes();
    return all.length > 0 ? all : undefined;
  });
  assert.equal(nodes.length, 1);
  return nodes[0]!;
}

async function hideSidebar(editor: Editor): Promise<void> {
  await editor.openSidebar('info');
  const tree = editor.page.locator('.ow-sidebar').first();
  await until('hidden', async () => !(await tree.isVisible()) || undefined);
}
