import { strict as assert } from 'node:assert';
import type { Locator } from 'playwright-core';
import { freePort } from '../support/child.js';
import type { Editor } from '../support/editor/editor.js';
import { isDirty } from '../support/editor/in-page.js';
import { until } from '../support/editor/until.js';
import { editorWorld } from '../support/editor/world.js';
import type { FlowNode } from '../support/node-red.js';
import { VERSIONS } from '../support/versions.js';

const RELAY = '/3A.025000000000/PIO.A';
const LIMIT = '/28.021000000000/temphigh';
const OUTPUTS = '/29.026000000000/PIO';

/** What a flow may hold, of every type. */
const SAVED: readonly (readonly [valueType: string, value: string])[] = [
  ['msg', 'command.state'],
  ['flow', 'relay'],
  ['flow', '#:(file)::relay'],
  ['global', 'house.relay'],
  ['env', 'RELAY'],
  ['jsonata', 'payload > 20 ? "on" : "off"'],
  ['str', 'on'],
  ['num', '0x1'],
  ['num', '${RELAY}'],
  ['json', '{"a": [1]}'],
  ['bin', '[49]'],
  ['bool', 'true'],
  ['bool', 'false'],
];

for (const version of VERSIONS) {
  describe(`the value field in ${version.name}`, function () {
    this.timeout(60_000);
    const contextStorage = { default: { module: 'memory' }, file: { module: 'memory' } };
    const world = editorWorld(version, { settings: { contextStorage } });

    const edit = (
      node: Partial<FlowNode>,
      work: (editor: Editor) => Promise<void>,
    ): Promise<void> =>
      world.edit({ flows: flowOf({ simulator: true }, [node]) }, async (editor) => {
        await editor.openNode('node0');
        await work(editor);
      });

    it('is a switch for yes or no, and saves what it is switched to', () =>
      edit({ path: RELAY, value: 'false', valueType: 'bool' }, async (editor) => {
        await state(editor, false);
        await editor.click(knob(editor));
        await state(editor, true);
        await editor.done();
        assert.deepEqual(await saved(editor), ['true', 'bool']);
      }));

    it('says what a message may bring, and sets a fixed value with the keyboard alone', () =>
      edit({ path: RELAY }, async (editor) => {
        await below(editor, /^Takes on or off/);
        await fixed(editor).focus();
        await editor.press('Enter');
        await state(editor, false);
        await editor.press('Space');
        await state(editor, true);
        await editor.done();
        assert.deepEqual(await saved(editor), ['true', 'bool']);
      }));

    it('goes back from a fixed value to the same part of the message', () =>
      edit({ path: LIMIT, value: 'limits.high' }, async (editor) => {
        await editor.click(fixed(editor));
        await beside(editor, '°C');
        await chooseType(editor, /^msg/);
        await below(editor, /^Takes a temperature in °C/);
        await editor.done();
        assert.deepEqual(await saved(editor), ['limits.high', 'msg']);
      }));

    it('has the unit beside a number, which the arrow keys step', () =>
      edit({ path: LIMIT, value: '25.5', valueType: 'num' }, async (editor) => {
        await beside(editor, '°C');
        await editor.field('value').focus();
        for (const key of ['ArrowUp', 'ArrowUp', 'PageUp', 'ArrowDown']) await editor.press(key);
        await editor.done();
        assert.deepEqual(await saved(editor), ['36.5', 'num']);
      }));

    it('says in red that a number is out of its range, and lets it be saved', () =>
      edit({ path: `${OUTPUTS}.BYTE`, value: '255', valueType: 'num' }, async (editor) => {
        await beside(editor, '0 to 255');
        assert.equal(await isRed(editor), false);
        await editor.type(editor.field('value'), '300');
        await below(editor, /^Enter a whole number from 0 to 255\.$/);
        assert.equal(await isRed(editor), true);
        await editor.done();
        assert.deepEqual(await saved(editor), ['300', 'num']);
      }));

    it('counts the bytes of a text', () =>
      edit({ path: '/28.021000000000/alias', value: '', valueType: 'str' }, async (editor) => {
        await below(editor, /^0 of 256 bytes$/);
        await editor.type(editor.field('value'), 'Küche');
        await below(editor, /^6 of 256 bytes$/);
        await editor.field('value').fill('x'.repeat(257));
        await below(editor, /^257 bytes are too long/);
        await editor.press('Tab');
        assert.equal(await isRed(editor), true);
      }));

    it('counts the bytes of a memory', () =>
      edit({ path: '/1D.027000000000/memory', value: '[1,2]', valueType: 'bin' }, (editor) =>
        below(editor, /^2 of 512 bytes$/),
      ));

    it('says how many values an array takes, and begins with as many', () =>
      edit({ path: `${OUTPUTS}.ALL` }, async (editor) => {
        await below(editor, /^Takes an array of 8 values, such as \[true, false, …\]\./);
        await editor.click(fixed(editor));
        await below(editor, /^8 of 8 values$/);
        await editor.type(editor.field('value'), '[true]');
        await below(editor, /^8 values are needed/);
      }));

    it('says that a property cannot be written', () =>
      edit({ path: '/28.021000000000/temperature' }, async (editor) => {
        await below(editor, /^This property can be read but not written/);
        assert.equal(await fixed(editor).isVisible(), false);
      }));

    it('has the type that fits at the top of its list, after the message', () =>
      edit({ path: LIMIT }, async (editor) => {
        await below(editor, /^Takes a temperature/);
        await editor.click(typeButton(editor));
        const titles = await typeList(editor).allTextContents();
        assert.deepEqual(titles.slice(0, 3), ['msg.', 'number', 'boolean']);
        assert.equal(titles.length, 10);
      }));

    it('keeps a value when the path turns out to be another kind', () =>
      edit({ path: RELAY, value: 'true', valueType: 'bool' }, async (editor) => {
        await state(editor, true);
        await editor.type(editor.field('path'), LIMIT);
        await editor.press('Tab');
        await below(editor, /^Takes a temperature/);
        await knob(editor).waitFor({ state: 'hidden' });
        await editor.done();
        assert.deepEqual(await saved(editor), ['true', 'bool']);
      }));

    const keeps = async (flows: FlowNode[], known: (editor: Editor) => Locator): Promise<void> =>
      world.edit({ flows }, async (editor) => {
        for (const [index, [type, value]] of SAVED.entries()) {
          await editor.openNode(`node${index}`);
          await known(editor).waitFor();
          await editor.done();
          assert.deepEqual(await saved(editor, index), [value, type]);
        }
        assert.equal(await editor.page.evaluate(isDirty), false);
        editor.takeProblems();
      });

    it('changes nothing that was saved when it gets to know the property', () =>
      keeps(flowOf({ simulator: true }, everyType()), (editor) =>
        editor.page.locator('.ow-hint').filter({ hasText: /^on or off/ }),
      ));

    it('changes nothing that was saved when the server is down', async () => {
      const port = await freePort();
      await keeps(flowOf({ host: '127.0.0.1', port }, everyType()), (editor) =>
        editor.page.locator('.ow-hint').filter({ hasText: /Nothing listens/ }),
      );
    });
  });
}

function everyType(): Partial<FlowNode>[] {
  return SAVED.map(([valueType, value]) => ({ path: RELAY, valueType, value }));
}

function flowOf(server: object, nodes: readonly Partial<FlowNode>[]): FlowNode[] {
  const defaults = { name: '', pathType: 'str', value: 'payload', valueType: 'msg', offset: '' };
  const place = { z: 'tab', x: 200, wires: [[]] };
  return [
    { id: 'tab', type: 'tab', label: 'test' },
    { id: 'server', type: 'owserver-config', ...server },
    ...nodes.map((node, index) => ({
      ...{ id: `node${index}`, type: 'ow-write', server: 'server', y: 40 + 50 * index },
      ...{ ...place, ...defaults, ...node },
    })),
  ];
}

function knob(editor: Editor): Locator {
  return editor.page.locator('.ow-fit-switch');
}

/** Waits until the switch stands like this. */
async function state(editor: Editor, on: boolean): Promise<void> {
  const word = on ? 'on' : 'off';
  await editor.page.locator(`.ow-fit-switch[aria-checked=${on}]:has-text("${word}")`).waitFor();
}

async function below(editor: Editor, text: RegExp): Promise<void> {
  await editor.page.locator('.ow-fit > span').filter({ hasText: text }).waitFor();
}

async function beside(editor: Editor, text: string): Promise<void> {
  await editor.page.locator(`.ow-fit-beside:text-is("${text}")`).waitFor();
}

function fixed(editor: Editor): Locator {
  return editor.page.getByRole('button', { name: 'Set a fixed value' });
}

async function isRed(editor: Editor): Promise<boolean> {
  const container = editor.page.locator('#node-input-value + .red-ui-typedInput-container');
  return (await container.getAttribute('class'))?.includes('input-error') === true;
}

function typeButton(editor: Editor): Locator {
  return editor.page.locator('#node-input-value + div .red-ui-typedInput-type-select');
}

function typeList(editor: Editor): Locator {
  return editor.page.locator('.red-ui-typedInput-options:visible a');
}

async function chooseType(editor: Editor, name: RegExp): Promise<void> {
  await editor.click(typeButton(editor));
  await editor.click(typeList(editor).filter({ hasText: name }));
}

async function saved(editor: Editor, index = 0): Promise<unknown[]> {
  return until('the node', async () => {
    const node = (await editor.nodes()).find(({ id }) => id === `node${index}`);
    return node && [node.value, node.valueType];
  });
}
