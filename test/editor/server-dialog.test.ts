import { strict as assert } from 'node:assert';
import type { Locator, Page } from 'playwright-core';
import { startSimulator, type Simulator } from '../../simulator/index.js';
import { freePort } from '../support/child.js';
import type { Editor } from '../support/editor/editor.js';
import { editorWorld } from '../support/editor/world.js';
import type { FlowNode } from '../support/node-red.js';
import { DEFAULT_VERSION, VERSIONS } from '../support/versions.js';

/** A flow with one server. */
const flowWith = (server: Record<string, unknown>): FlowNode[] => [
  { id: 'tab', type: 'tab', label: 'Test' },
  { id: 'server', type: 'owserver-config', ...DEFAULTS, ...server },
];

const DEFAULTS = {
  name: '',
  host: '127.0.0.1',
  port: 4304,
  simulator: false,
  connections: 4,
  persistent: true,
  connectTimeout: 5,
  inactivityTimeout: 5,
  requestTimeout: 60,
  temperatureScale: 'C',
  pressureScale: 'mbar',
  deviceFormat: 'f.i',
  readOnly: false,
  tls: '',
  maxQueue: 1000,
};

const field = (page: Page, name: string): Locator => page.locator(`#node-config-input-${name}`);
const kind = (page: Page, value: string): Locator =>
  page.locator(`.owserver-kinds input[value="${value}"]`);
const testButton = (page: Page): Locator => page.locator('#owserver-config-test');
const findButton = (page: Page): Locator => page.locator('#owserver-config-find');
const good = (page: Page): Locator => page.locator('.owserver-good');
const failed = (page: Page): Locator => page.locator('.owserver-failed');
const cards = (page: Page): Locator => page.locator('.owserver-card');

/** Opens the dialog of the server of the flow, as the list of config nodes does. */
async function openServer(editor: Editor): Promise<void> {
  await editor.page.evaluate("RED.editor.editConfig('', 'owserver-config', 'server')");
  await editor.dialog();
}

for (const version of VERSIONS) {
  describe(`the dialog of a server in ${version.name}`, function () {
    this.timeout(60_000);
    const world = editorWorld(version);
    let simulator: Simulator;
    let close: (() => Promise<void>) | undefined;
    before(async () => {
      simulator = await startSimulator({ conversionMs: 0 });
      close = () => simulator.close();
    });
    // Where this Node-RED is missing nothing was started.
    after(() => close?.());

    it('shows the form at once, and then why the server does not answer', async () => {
      const flows = flowWith({ port: await freePort() });
      await world.edit({ flows }, async (editor) => {
        await openServer(editor);
        assert.equal(await field(editor.page, 'host').inputValue(), '127.0.0.1');
        await failed(editor.page)
          .filter({ hasText: /Nothing listens on/ })
          .waitFor();
      });
    });

    it('tells what a server is before it is deployed, until a value changes', async () => {
      await world.edit({ flows: flowWith({ port: await freePort() }) }, async (editor) => {
        const { page } = editor;
        await openServer(editor);
        await editor.type(field(page, 'port'), String(simulator.port));
        await editor.click(testButton(page));
        await good(page).waitFor();
        const text = await good(page).textContent();
        assert.match(text ?? '', /owserver 3\.2p4 answers.*9 devices.*kept open/);
        assert.ok(text?.includes(`127.0.0.1:${simulator.port}`));
        await editor.type(field(page, 'host'), 'localhost');
        assert.equal(await cards(page).count(), 0);
        await simulator.waitForConnections(0);
      });
    });

    it('tests the simulated bus of a new server', async () => {
      const read = { id: 'read', type: 'ow-read', z: 'tab', x: 200, y: 100, wires: [[]] };
      const flows = [...flowWith({}).filter(({ id }) => id === 'tab'), read];
      await world.edit({ flows }, async (editor) => {
        const { page } = editor;
        await editor.openNode('read');
        await editor.click(page.locator('#node-input-btn-server-add'));
        await editor.dialog();
        await editor.click(kind(page, 'simulator'));
        assert.equal(await field(page, 'host').isVisible(), false);
        await editor.click(testButton(page));
        await good(page).waitFor();
        assert.match((await good(page).textContent()) ?? '', /simulated bus answers.*9 devices/);
        await editor.done();
        await editor.cancel();
        const added = (await editor.flow()).find(({ type }) => type === 'owserver-config');
        assert.equal(added?.simulator, true);
      });
    });

    it('says in a sentence why there is no connection', async () => {
      const port = await freePort();
      await world.edit({ flows: flowWith({ port }) }, async (editor) => {
        await openServer(editor);
        await editor.click(testButton(editor.page));
        await failed(editor.page).waitFor();
        const text = await failed(editor.page).textContent();
        assert.match(text ?? '', new RegExp(`127\\.0\\.0\\.1:${port}.*: `));
        editor.takeProblems();
      });
    });

    it('says which field is wrong without asking anybody', async () => {
      await world.edit({ flows: flowWith({}) }, async (editor) => {
        const { page } = editor;
        await openServer(editor);
        await editor.type(field(page, 'port'), 'abc');
        await editor.click(testButton(page));
        await failed(page).waitFor();
        const text = await failed(page).textContent();
        assert.equal(text, 'Port: Enter a whole number from 1 to 65535.');
        assert.match((await field(page, 'port').getAttribute('class')) ?? '', /input-error/);
      });
    });

    it('lists the servers it finds, fills in the one that is chosen, and says so when there is none', async () => {
      await world.edit({ flows: flowWith({}) }, async (editor) => {
        const { page } = editor;
        const found = [
          { name: 'a', machine: 'attic', host: '198.51.100.7', port: 4304 },
          { name: 'b', machine: 'cellar', host: '198.51.100.8', port: 14304 },
        ];
        const answers = [found, []];
        await page.route('**/owserver/discover*', (route) =>
          route.fulfill({ json: answers.shift() }),
        );
        await openServer(editor);
        await findButton(page).focus();
        await editor.press('Enter');
        await page.locator('.owserver-choice').last().focus();
        await editor.press('Enter');
        assert.equal(await field(page, 'host').inputValue(), '198.51.100.8');
        assert.equal(await field(page, 'port').inputValue(), '14304');
        assert.equal(await page.locator('.owserver-choice').count(), 0);
        assert.equal(await page.locator('#owserver-config-test:focus').count(), 1);
        await editor.click(findButton(page));
        await page.locator('.owserver-found', { hasText: 'Avahi' }).waitFor();
      });
    });

    it('is chosen from with the arrow keys', async () => {
      await world.edit({ flows: flowWith({}) }, async (editor) => {
        const { page } = editor;
        await openServer(editor);
        await kind(page, 'owserver').focus();
        await editor.press('ArrowRight');
        assert.equal(await field(page, 'simulator').isChecked(), true);
        await editor.press('ArrowLeft');
        assert.equal(await field(page, 'simulator').isChecked(), false);
        assert.equal(await field(page, 'host').isVisible(), true);
      });
    });

    it('folds rare settings unless they are set, and has a name and room for everything', async () => {
      await world.edit({ flows: flowWith({ requestTimeout: 90 }) }, async (editor) => {
        const { page } = editor;
        await openServer(editor);
        assert.equal(await field(page, 'requestTimeout').isVisible(), true);
        assert.equal(await field(page, 'maxQueue').isVisible(), false);
        await page.locator('summary').last().focus();
        await editor.press('Enter');
        await field(page, 'maxQueue').waitFor();
        assert.deepEqual(await page.evaluate(NAMELESS), []);
        assert.deepEqual(await page.evaluate(OVERFLOWING), []);
      });
    });

    it('keeps its result while the dialog of the TLS configuration is in front', async () => {
      await world.edit({ flows: flowWith({ port: simulator.port }) }, async (editor) => {
        const { page } = editor;
        await openServer(editor);
        await editor.click(testButton(page));
        await good(page).waitFor();
        await editor.click(page.locator('#node-config-input-btn-tls-add'));
        await editor.dialog();
        await editor.cancel();
        await editor.dialog();
        assert.equal(await good(page).count(), 1);
      });
    });
  });
}

describe('the dialog of a server, for a user who may only look', function () {
  this.timeout(60_000);
  const adminAuth = { type: 'credentials', users: [], default: { permissions: 'read' } };
  const world = editorWorld(DEFAULT_VERSION, { flows: flowWith({}), settings: { adminAuth } });

  it('neither tests nor searches, and says why', async () => {
    await world.edit({}, async (editor) => {
      await openServer(editor);
      for (const button of [testButton(editor.page), findButton(editor.page)]) {
        assert.equal(await button.isDisabled(), true);
        assert.match((await button.getAttribute('title')) ?? '', /permission/);
      }
    });
  });
});

/** Fields and buttons of the dialog that a screen reader has no name for; runs in the page. */
const NAMELESS = `
  [...document.querySelectorAll('#owserver-config-dialog :is(input, select, button, summary)')]
    .filter((one) => !one.hidden)
    .filter((one) => {
      const labels = [...(one.labels ?? [])].map((label) => label.textContent).join('');
      return (labels + one.title + one.textContent).trim() === '' && !one.ariaLabel;
    })
    .map((one) => one.outerHTML)`;

/** Parts of the dialog that reach beyond its right edge; runs in the page. */
const OVERFLOWING = `
  [...document.querySelectorAll('#owserver-config-dialog *')]
    .filter((one) => {
      const { right } = one.closest('#owserver-config-dialog').getBoundingClientRect();
      return one.getBoundingClientRect().right > right + 1;
    })
    .map((one) => one.outerHTML)`;
