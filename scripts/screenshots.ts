/**
 * `npm run screenshots`: takes the pictures of README from the running editor, light and dark, into
 * docs/pictures. Node-RED 5 is used where it is installed (see test/versions), else Node-RED 4.
 */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Locator } from 'playwright-core';
import { launchBrowser } from '../test/support/editor/browser.js';
import type { Editor } from '../test/support/editor/editor.js';
import { openEditor } from '../test/support/editor/open.js';
import { THEMES } from '../test/support/editor/theme.js';
import { until } from '../test/support/editor/until.js';
import { startNodeRed, type FlowNode } from '../test/support/node-red.js';
import { DEFAULT_VERSION, VERSIONS } from '../test/support/versions.js';

const FOLDER = resolve(__dirname, '../docs/pictures');
const VIEWPORT = { width: 1280, height: 800 };

/** What is sent of the thermometers. */
const CHANGES = {
  emit: 'deadband',
  deadband: '0.2',
  decimals: '1',
  rangeMin: '-30',
  rangeMax: '110',
};

/** A living room, a boiler, a pump and the contacts of doors, read every few seconds. */
const FLOW = flowOf([
  ['ow-read', 'Living room', { path: '/28.021000000000/temperature' }],
  ['ow-read', 'Boiler', { path: '/28.023000000000/temperature' }],
  [
    'ow-read',
    'All thermometers',
    { path: '/28.*/temperature', source: 'convert', repeat: '10', once: true, ...CHANGES },
  ],
  ['ow-write', 'Pump', { path: '/3A.025000000000/PIO.A', value: 'true', valueType: 'bool' }],
  ['ow-dir', 'What is there', { path: '/' }],
]);

function flowOf(rows: readonly (readonly [string, string, object])[]): FlowNode[] {
  const nodes = rows.flatMap(([type, name, settings], row): FlowNode[] => {
    const place = { z: 'flow', y: 80 + row * 80 };
    const [input, node, output] = [`in${row}`, `node${row}`, `out${row}`];
    const every = { repeat: '3', once: true, onceDelay: '0.2', props: [] };
    return [
      { id: input, type: 'inject', name: '', ...every, ...place, x: 120, wires: [[node]] },
      { id: node, type, name, server: 'server', ...settings, ...place, x: 320, wires: [[output]] },
      { id: output, type: 'debug', name, active: false, ...place, x: 520, wires: [] },
    ];
  });
  const server = { id: 'server', type: 'owserver-config', name: 'House', simulator: true };
  return [{ id: 'flow', type: 'tab', label: 'Heating' }, server, ...nodes];
}

/** What there is to see, by the name of its file. */
const SCENES: Readonly<Record<string, (editor: Editor) => Promise<void>>> = {
  async flow(editor) {
    await editor.openSidebar('owserver-sidebar');
    for (const at of [0, 1, 2, 3, 4]) await status(editor, `node${at}`);
    await row(editor, '.ow-sidebar', '28.021000000000').getByText('°C').waitFor();
    // The button of the sidebar has a tip as long as it has the pointer or the focus.
    await editor.page.mouse.move(VIEWPORT.width / 2, VIEWPORT.height - 4);
    await editor.page.evaluate('document.activeElement.blur()');
    const tip = editor.page.locator('.red-ui-popover');
    await until('no tip', async () => (await tip.count()) === 0 || undefined);
  },
  async browse(editor) {
    await editor.openNode('node0');
    await editor.click(editor.page.locator('.ow-browse'));
    await editor.click(row(editor, '.ow-panel', '28.021000000000'));
    await editor.click(row(editor, '.ow-panel', 'temperature').getByRole('button').first());
    await row(editor, '.ow-panel', 'temperature').getByText('°C').last().waitFor();
  },
  async watch(editor) {
    await editor.openNode('node2');
    await editor.page.getByText(/^Matches \d/).waitFor();
  },
  async sidebar(editor) {
    await editor.openSidebar('owserver-sidebar');
    await editor.click(row(editor, '.ow-sidebar', '3A.025000000000'));
    await row(editor, '.ow-sidebar', '28.021000000000').getByText('°C').waitFor();
    await row(editor, '.ow-sidebar', 'sensed.A').waitFor();
    const above = await row(editor, '.ow-sidebar', '29.026000000000').elementHandle();
    await editor.page.evaluate((shown) => {
      (shown as unknown as { scrollIntoView: () => void }).scrollIntoView();
    }, above);
    await row(editor, '.ow-sidebar', 'sensed.A')
      .getByText(/^o(n|ff)$/)
      .waitFor();
  },
  async server(editor) {
    await editor.page.evaluate('RED.editor.editConfig("", "owserver-config", "server")');
    await editor.page.locator('.owserver-good').waitFor();
  },
};

function row(editor: Editor, place: string, name: string): Locator {
  const called = editor.page.locator(`.ow-name:text-is("${name}")`);
  return editor.page.locator(`${place} .ow-row`).filter({ has: called });
}

async function status(editor: Editor, id: string): Promise<void> {
  await until(`a status of ${id}`, async () => {
    const text = await editor.statusOf(id);
    return text === undefined || text.includes('connect') ? undefined : text;
  });
}

async function run(): Promise<void> {
  const version = VERSIONS.findLast(({ found }) => found) ?? DEFAULT_VERSION;
  await mkdir(FOLDER, { recursive: true });
  const browser = await launchBrowser();
  const { nodeRed: folder, node } = version;
  const nodeRed = await startNodeRed({ flows: FLOW, nodeRed: folder, node });
  try {
    for (const theme of THEMES) {
      for (const [name, show] of Object.entries(SCENES)) {
        const editor = await openEditor(browser, nodeRed, { theme, viewport: VIEWPORT });
        await show(editor);
        // Nothing is in the way of what there is to see, neither pointer nor focus nor movement.
        await editor.page.mouse.move(VIEWPORT.width / 2, VIEWPORT.height - 4);
        const path = join(FOLDER, `${name}-${theme}.png`);
        await editor.page.screenshot({ path, animations: 'disabled' });
        console.log(`docs/pictures/${name}-${theme}.png of ${version.name}`);
        await editor.page.context().close();
      }
    }
  } finally {
    await Promise.all([browser.close(), nodeRed.stop()]);
  }
}

run().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
