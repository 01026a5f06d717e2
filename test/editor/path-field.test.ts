import { strict as assert } from 'node:assert';
import type { Locator } from 'playwright-core';
import { startSimulator, type Simulator } from '../../simulator/index.js';
import type { Editor } from '../support/editor/editor.js';
import { until } from '../support/editor/until.js';
import { editorWorld } from '../support/editor/world.js';
import type { FlowNode } from '../support/node-red.js';
import { VERSIONS } from '../support/versions.js';

const LIVING_ROOM = '28.021000000000';
const TEMPERATURE = `/${LIVING_ROOM}/temperature`;
const LISTINGS = ['dir', 'dirall', 'dirallslash'];

for (const version of VERSIONS) {
  describe(`the path field in ${version.name}`, function () {
    this.timeout(60_000);
    const world = editorWorld(version);
    let simulator: Simulator;
    let port: number;

    beforeEach(async () => {
      simulator = await startSimulator();
      ({ port } = simulator);
    });
    afterEach(() => simulator.close());

    const edit = (
      node: Partial<FlowNode>,
      work: (editor: Editor) => Promise<void>,
    ): Promise<void> =>
      world.edit({ flows: flowOf(port, node) }, async (editor) => {
        await editor.openNode('node');
        await work(editor);
      });

    it('takes the path of what is chosen in the panel', () =>
      edit({ type: 'ow-read' }, async (editor) => {
        await browse(editor);
        await editor.click(row(editor, LIVING_ROOM));
        await editor.click(row(editor, 'temperature'));
        assert.equal(await editor.field('path').inputValue(), TEMPERATURE);
        await hint(editor, /temperature in °C, read only/);
        await editor.done();
        assert.deepEqual(await saved(editor), [TEMPERATURE, 'str']);
      }));

    it('shows to ow read what can be read, to ow write what can be written, to ow dir what can be listed', async () => {
      const names = async (type: string): Promise<string[]> => {
        let shown: string[] = [];
        await edit({ type }, async (editor) => {
          await browse(editor);
          await editor.click(row(editor, LIVING_ROOM).locator('.ow-arrow'));
          const inside = editor.page.locator('.ow-panel [role=group] .ow-row .ow-name');
          await inside.first().waitFor();
          shown = await inside.allTextContents();
        });
        return shown;
      };
      const [read, write, dir] = [
        await names('ow-read'),
        await names('ow-write'),
        await names('ow-dir'),
      ];
      assert.ok(read.includes('temperature') && read.includes('temphigh'));
      assert.ok(write.includes('temphigh') && !write.includes('temperature'));
      assert.ok(!dir.includes('temperature') && dir.includes('errata'), dir.join());
    });

    it('shows a value when it is asked for, and reads none before', () =>
      edit({ type: 'ow-read' }, async (editor) => {
        await browse(editor);
        await editor.click(row(editor, LIVING_ROOM));
        await row(editor, 'temperature').waitFor();
        const reads = (): number =>
          simulator.requests.filter(({ path }) => path === TEMPERATURE).length;
        assert.equal(reads(), 0);
        await editor.click(row(editor, 'temperature').getByRole('button', { name: /value/ }));
        await row(editor, 'temperature')
          .getByText(/^\d+(\.\d+)? °C$/)
          .waitFor();
        assert.equal(reads(), 1);
      }));

    it('takes several paths as a list', () =>
      edit({ type: 'ow-read' }, async (editor) => {
        await browse(editor);
        await editor.click(row(editor, LIVING_ROOM));
        await editor.click(row(editor, 'temperature').getByRole('checkbox'));
        await editor.click(row(editor, 'temphigh').getByRole('checkbox'));
        await editor.click(row(editor, 'templow').getByRole('checkbox'));
        await editor.click(row(editor, 'temphigh').getByRole('checkbox'));
        await editor.done();
        const [path, type] = await saved(editor);
        assert.deepEqual(
          [JSON.parse(String(path)), type],
          [[TEMPERATURE, `/${LIVING_ROOM}/templow`], 'json'],
        );
      }));

    it('takes all devices of a family as a pattern', () =>
      edit({ type: 'ow-read' }, async (editor) => {
        await browse(editor);
        await editor.click(row(editor, LIVING_ROOM));
        await editor.click(row(editor, 'temperature').getByRole('button', { name: /All DS18B20/ }));
        await hint(editor, /Matches 3 now: temperature in °C/);
        await editor.done();
        assert.deepEqual(await saved(editor), ['/28.*/temperature', 'str']);
      }));

    it('says so when a search finds nothing', () =>
      edit({ type: 'ow-read' }, async (editor) => {
        await browse(editor);
        await row(editor, LIVING_ROOM).waitFor();
        const nothing = editor.page.locator('.ow-panel').getByText('no match');
        await editor.type(editor.page.locator('.ow-filter'), 'zzz');
        await nothing.waitFor();
        await editor.type(editor.page.locator('.ow-filter'), '28.021');
        await row(editor, LIVING_ROOM).waitFor();
        assert.equal(await nothing.count(), 0);
      }));

    it('keeps the panel inside its dialog, however long a name is', async () => {
      const name = 'behind the cupboard of the room in the cellar '.repeat(3).trim();
      await simulator.close();
      simulator = await startSimulator({
        port,
        devices: [{ id: LIVING_ROOM, alias: name, values: { temperature: 21 } }],
      });
      await edit({ type: 'ow-read', path: `/${name}/${'x'.repeat(100)}` }, async (editor) => {
        await browse(editor);
        await editor.click(row(editor, name));
        await row(editor, 'temperature').waitFor();
        const dialog = await editor.dialog();
        const { width = 0 } = (await dialog.boundingBox()) ?? {};
        for (const part of [
          '.ow-panel',
          '.ow-panel .ow-row >> nth=0',
          '.ow-hint',
          '.ow-path-row',
        ]) {
          const box = await editor.page.locator(part).boundingBox();
          assert.ok(box && box.width <= width, `${part} is ${box?.width} of ${width}`);
        }
      });
    });

    it('completes what is typed, with the arrow keys and Enter', () =>
      edit({ type: 'ow-read' }, async (editor) => {
        await editor.type(editor.field('path'), '28.0210');
        await option(editor, LIVING_ROOM).waitFor();
        await editor.press('ArrowDown');
        await editor.press('Enter');
        await option(editor, 'temphigh').waitFor();
        await editor.page.keyboard.type('temphi');
        await until('one suggestion', async () => {
          return (await option(editor).count()) === 1 || undefined;
        });
        await editor.press('ArrowDown');
        await editor.press('Enter');
        await editor.done();
        assert.deepEqual(await saved(editor), [`/${LIVING_ROOM}/temphigh`, 'str']);
      }));

    it('completes the alias of a device to its id', () =>
      edit({ type: 'ow-read' }, async (editor) => {
        await editor.type(editor.field('path'), 'outs');
        await option(editor, '28.022000000000').waitFor();
        await editor.press('ArrowDown');
        await editor.press('Enter');
        await option(editor, 'temphigh').waitFor();
        await editor.page.keyboard.type('temphi');
        await until('one suggestion', async () => {
          return (await option(editor).count()) === 1 || undefined;
        });
        await editor.press('ArrowDown');
        await editor.press('Enter');
        await editor.done();
        assert.deepEqual(await saved(editor), ['/28.022000000000/temphigh', 'str']);
      }));

    it('leaves what is typed as it is, whatever is suggested', () =>
      edit({ type: 'ow-read' }, async (editor) => {
        await editor.type(editor.field('path'), '/28.021000000000/temp');
        await option(editor).first().waitFor();
        await editor.press('Tab');
        assert.equal(await editor.field('path').inputValue(), '/28.021000000000/temp');
        await hint(editor, /Not known to this server/);
        await editor.done();
        assert.deepEqual(await saved(editor), ['/28.021000000000/temp', 'str']);
      }));

    for (const type of ['ow-read', 'ow-write', 'ow-dir']) {
      it(`shows the form of ${type} at once and the reason why the server is silent; what was saved stays`, async () => {
        await simulator.close();
        const before = { type, path: 'kitchen/secret.0', pathType: 'str' };
        await edit(before, async (editor) => {
          assert.equal(await editor.field('path').inputValue(), 'kitchen/secret.0');
          await hint(editor, /Nothing listens on/);
          await browse(editor);
          await editor.page.locator('.ow-panel .ow-failed').waitFor();
          await editor.done();
          assert.deepEqual(await saved(editor), ['kitchen/secret.0', 'str']);
          // The failed requests are what this test is about.
          editor.takeProblems();
        });
      });
    }

    it('lists each directory once, however often it is opened', () =>
      edit({ type: 'ow-read' }, async (editor) => {
        await browse(editor);
        for (let times = 0; times < 3; times += 1) {
          await editor.click(row(editor, LIVING_ROOM));
          await editor.click(row(editor, LIVING_ROOM));
        }
        await browse(editor);
        await browse(editor);
        const listed = simulator.requests.filter(({ type }) => LISTINGS.includes(type));
        assert.deepEqual(listed.map(({ path }) => path).sort(), ['/', `/${LIVING_ROOM}`]);
      }));

    it('can be browsed with the keyboard alone', () =>
      edit({ type: 'ow-read' }, async (editor) => {
        await editor.page.locator('.ow-browse').focus();
        await editor.press('Enter');
        await row(editor, LIVING_ROOM).waitFor();
        await editor.press('Tab');
        await editor.page.keyboard.type('28.021');
        await editor.press('Tab');
        await editor.press('Tab');
        await editor.press('ArrowRight');
        await row(editor, 'temperature').waitFor();
        await editor.press('ArrowRight');
        await editor.press('Enter');
        assert.equal(await editor.field('path').inputValue(), TEMPERATURE);
      }));
  });
}

function flowOf(port: number, node: Partial<FlowNode>): FlowNode[] {
  const place = { z: 'tab', x: 200, y: 100, wires: [[]] };
  return [
    { id: 'tab', type: 'tab', label: 'test' },
    { id: 'server', type: 'owserver-config', host: '127.0.0.1', port },
    { id: 'node', server: 'server', ...place, type: 'ow-read', ...node },
  ];
}

async function browse(editor: Editor): Promise<void> {
  await editor.click(editor.page.locator('.ow-browse'));
}

function row(editor: Editor, name: string): Locator {
  const rows = editor.page.locator('.ow-panel .ow-row');
  return rows.filter({ has: editor.page.locator(`.ow-name:text-is("${name}")`) });
}

function option(editor: Editor, text = ''): Locator {
  return editor.page.locator('.ow-completion [role=option]').filter({ hasText: text });
}

async function hint(editor: Editor, text: RegExp): Promise<void> {
  await editor.page.locator('.ow-hint').filter({ hasText: text }).waitFor();
}

async function saved(editor: Editor): Promise<unknown[]> {
  const node = (await editor.nodes()).find(({ id }) => id === 'node');
  return [node?.path, node?.pathType];
}
