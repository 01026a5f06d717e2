import { strict as assert } from 'node:assert';
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Locator } from 'playwright-core';
import type { Editor } from '../support/editor/editor.js';
import { until } from '../support/editor/until.js';
import { editorWorld } from '../support/editor/world.js';
import type { FlowNode } from '../support/node-red.js';
import { VERSIONS } from '../support/versions.js';

const THERMOMETER = '/28.021000000000/temperature';
const CONTACT = '/3A.025000000000/sensed.A';

const LANGUAGES = readdirSync(resolve(__dirname, '../../locales'));

/** A key that was shown in place of its text. */
const RAW_KEY = /\b(label|list|emit|unit|missing|implausible|latch|alarm|watch|value)\.[a-z]\w+/;

/** The rows of ow-read and ow-dir that are not always there. */
const READ_ROWS = ['part', 'por85', 'results', 'deadband', 'decimals', 'plausible', 'missing'];
const DIR_ROWS = ['depth', 'family', 'source', 'results', 'misses', 'alarm'];

for (const version of VERSIONS) {
  describe(`what a node watches, in its dialog in ${version.name}`, function () {
    this.timeout(60_000);
    const world = editorWorld(version);

    const edit = (
      type: string,
      node: Partial<FlowNode>,
      work: (editor: Editor) => Promise<void>,
    ): Promise<void> =>
      world.edit({ flows: flowOf({ type, ...node }) }, async (editor) => {
        await editor.openNode('node');
        await work(editor);
      });
    const read = edit.bind(undefined, 'ow-read');
    const dir = edit.bind(undefined, 'ow-dir');

    it('who enters a repeat gets a reading at the start, unless told otherwise', () =>
      read({ path: THERMOMETER }, async (editor) => {
        const once = editor.field('once');
        assert.equal(await once.isChecked(), false);
        await editor.type(editor.field('repeat'), '10');
        assert.equal(await once.isChecked(), true);
        await editor.click(once);
        await editor.type(editor.field('repeat'), '20');
        assert.equal(await once.isChecked(), false);
        await editor.done();
        const { repeat, once: saved } = await node(editor);
        assert.deepEqual([repeat, saved], ['20', false]);
      }));

    it('what there is of one temperature, of a contact, and of many', () =>
      read({ path: THERMOMETER }, async (editor) => {
        await rows(editor, 'ow-read', READ_ROWS, ['por85', 'decimals', 'plausible']);
        await editor.type(editor.field('path'), CONTACT);
        await editor.press('Tab');
        await rows(editor, 'ow-read', READ_ROWS, []);
        await editor.type(editor.field('path'), '/28.*/temperature');
        await editor.press('Tab');
        await rows(editor, 'ow-read', READ_ROWS, [
          'por85',
          'results',
          'decimals',
          'plausible',
          'missing',
        ]);
      }));

    it('a message may bring anything', () =>
      read({ path: '' }, (editor) =>
        rows(editor, 'ow-read', READ_ROWS, [
          'por85',
          'results',
          'decimals',
          'plausible',
          'missing',
        ]),
      ));

    it('a sensor can be lost for who reads it again and again', () =>
      read({ path: CONTACT }, async (editor) => {
        await rows(editor, 'ow-read', READ_ROWS, []);
        await editor.type(editor.field('repeat'), '1');
        await rows(editor, 'ow-read', READ_ROWS, ['missing']);
      }));

    it('text has parts, and no decimals', () =>
      read({ path: THERMOMETER }, async (editor) => {
        await editor.choose(editor.field('value'), 'text');
        await rows(editor, 'ow-read', READ_ROWS, ['part']);
      }));

    it('a change by something has its amount beside it, in the unit of the path', () =>
      read({ path: THERMOMETER }, async (editor) => {
        await editor.choose(editor.field('emit'), 'deadband');
        await rows(editor, 'ow-read', READ_ROWS, ['por85', 'deadband', 'decimals', 'plausible']);
        await unit(editor, 'deadband', '°C');
        await isWrong(editor.field('deadband'), true);
        await says(editor, editor.field('deadband'), /a certain amount, and none is set/);
        await editor.type(editor.field('deadband'), '0.5');
        await isWrong(editor.field('deadband'), false);
        await editor.done();
        const { emit, deadband } = await node(editor);
        assert.deepEqual([emit, deadband], ['deadband', '0.5']);
      }));

    it('what is hidden keeps its value', () =>
      read(
        { path: CONTACT, por85: 'error', results: 'array', missing: 'ignore' },
        async (editor) => {
          await rows(editor, 'ow-read', READ_ROWS, []);
          await editor.type(editor.field('repeat'), '5');
          await editor.done();
          const { por85, results, missing } = await node(editor);
          assert.deepEqual([por85, results, missing], ['error', 'array', 'ignore']);
        },
      ));

    it('what is wrong is not hidden', () =>
      read({ path: CONTACT, deadband: '-1', decimals: '9', maxStep: 'x' }, async (editor) => {
        await rows(editor, 'ow-read', READ_ROWS, ['deadband', 'decimals', 'plausible']);
        for (const name of ['deadband', 'decimals', 'maxStep'])
          await isWrong(editor.field(name), true);
      }));

    it('a wrong number is red and says what it must be', () =>
      read({ path: THERMOMETER }, async (editor) => {
        const repeat = editor.field('repeat');
        for (const [text, wrong] of [
          ['0,5', true],
          ['0.05', true],
          ['0.1', false],
          ['2147484', true],
          ['${SECONDS}', false],
          [' ', false],
        ] as const) {
          await editor.type(repeat, text);
          await isWrong(repeat, wrong);
        }
        await editor.type(repeat, 'often');
        await says(editor, repeat, /^Enter a number from 0\.1 to 2147483, with a point: 0\.5\.$/);
      }));

    it('plausible values are folded until one is set, and while none is wrong', () =>
      read({ path: THERMOMETER }, async (editor) => {
        const [min, max] = [editor.field('rangeMin'), editor.field('rangeMax')];
        assert.equal(await min.isVisible(), false);
        await editor.click(fold(editor));
        await unit(editor, 'range', '°C');
        await editor.type(min, '60');
        await editor.type(max, '-40');
        await isWrong(min, true);
        await says(editor, min, /^No value is plausible from 60 to -40/);
        await editor.click(fold(editor));
        await max.waitFor();
        await editor.type(min, '-60');
        await isWrong(min, false);
        await editor.done();
        await editor.openNode('node');
        assert.equal(await min.isVisible(), true);
      }));

    for (const type of ['ow-read', 'ow-dir']) {
      it(`${type}: who looks alone has no message for its path, and says so`, () =>
        edit(type, { path: '' }, async (editor) => {
          const problem = editor.page.locator('#ow-watch-problem');
          assert.equal(await problem.textContent(), '');
          await editor.type(editor.field('repeat'), '5');
          await problem.getByText('enter a path in the node').waitFor();
          await isWrong(typed(editor, 'path'), true);
          await editor.type(editor.field('path'), '/28.021000000000');
          await problem.waitFor({ state: 'hidden' });
          await isWrong(typed(editor, 'path'), false);
        }));
    }

    for (const language of LANGUAGES) {
      it(`is all in words, each label in one line: ${language}`, async () => {
        const flows = [
          ...flowOf({ type: 'ow-dir', path: '/', list: 'alarm' }),
          { ...flowOf({ path: '/28.*/temperature', maxStep: '1' })[2]!, id: 'read', y: 200 },
        ];
        const locale = new Intl.Locale(language).maximize();
        const inBrowser = `${locale.language}-${locale.region ?? ''}`;
        await world.edit({ flows, locale: inBrowser }, async (editor) => {
          for (const id of ['node', 'read']) {
            const dialog = await editor.openNode(id);
            assert.doesNotMatch(await dialog.innerText(), RAW_KEY);
            for (const label of await dialog.locator('.form-row > label').all()) {
              const box = await label.boundingBox();
              assert.ok(!box || box.height < 30, `${await label.innerText()}: two lines`);
            }
            await editor.cancel();
          }
        });
      });
    }

    it('each kind of list has its own rows', () =>
      dir({ path: '/' }, async (editor) => {
        const kinds: [list: string, rows: string[]][] = [
          ['devices', ['family', 'source', 'results']],
          ['entries', ['source', 'results']],
          ['tree', ['depth', 'source', 'results']],
          ['alarm', ['family', 'results', 'alarm']],
          ['present', []],
        ];
        for (const [list, wanted] of kinds) {
          await editor.choose(editor.field('list'), list);
          await rows(editor, 'ow-dir', DIR_ROWS, wanted);
        }
      }));

    it('who watches devices searches the bus, and says when one is gone', () =>
      dir({ path: '/', repeat: '1' }, async (editor) => {
        await editor.choose(editor.field('emit'), 'change');
        await rows(editor, 'ow-dir', DIR_ROWS, ['family', 'results', 'misses']);
        await editor.choose(editor.field('list'), 'present');
        await rows(editor, 'ow-dir', DIR_ROWS, ['misses']);
        await editor.type(editor.field('misses'), '0');
        await isWrong(editor.field('misses'), true);
        await editor.type(editor.field('misses'), '3');
        await editor.done();
        const { misses, source } = await node(editor);
        assert.deepEqual([misses, source], ['3', 'cached']);
      }));

    it('who watches alarms is told which chips take part, and sets them up at a click', () =>
      dir({ path: '/', list: 'alarm' }, async (editor) => {
        const note = editor.page.locator('#ow-dir-alarm-remark');
        for (const word of ['set_alarm', 'por', 'templow', 'temphigh', 'DS2413'])
          assert.ok((await note.textContent())?.includes(word), word);
        await editor.click(editor.field('arm'));
        await editor.choose(editor.field('latch'), 'reset');
        await editor.done();
        const { arm, latch } = await node(editor);
        assert.deepEqual([arm, latch], [true, 'reset']);
      }));
  });
}

function flowOf(settings: Partial<FlowNode>): FlowNode[] {
  const server: FlowNode = { id: 'server', type: 'owserver-config', name: '', simulator: true };
  const watching = {
    id: 'node',
    server: 'server',
    pathType: 'str',
    name: '',
    z: 'tab',
    wires: [[]],
  };
  return [
    { id: 'tab', type: 'tab', label: 'Flow 1' },
    server,
    { type: 'ow-read', ...watching, x: 300, y: 100, ...settings },
  ];
}

/** The node as a deploy would send it. */
async function node(editor: Editor): Promise<FlowNode> {
  const found = (await editor.flow()).find(({ id }) => id === 'node');
  assert.ok(found);
  return found;
}

/** Waits until these of the rows are there and no others. */
async function rows(editor: Editor, type: string, all: string[], wanted: string[]): Promise<void> {
  let shown: string[] = [];
  await until('the right rows', async () => {
    const visible = all.map((name) => editor.page.locator(`#${type}-${name}`).isVisible());
    const states = await Promise.all(visible);
    shown = all.filter((_, at) => states[at]);
    return shown.join() === wanted.join() || undefined;
  }).catch(() => assert.deepEqual(shown, wanted));
}

function fold(editor: Editor): Locator {
  return editor.page.locator('#ow-read-plausible summary');
}

/** What Node-RED shows in place of a typed field. */
function typed(editor: Editor, name: string): Locator {
  return editor.page.locator(`#node-input-${name} + .red-ui-typedInput-container`);
}

async function isWrong(field: Locator, wanted: boolean): Promise<void> {
  await until(`${wanted ? 'red' : 'not red'}: ${String(field)}`, async () => {
    const classes = (await field.getAttribute('class')) ?? '';
    return classes.split(' ').includes('input-error') === wanted || undefined;
  });
}

/** Waits for what the tip of a field says when the pointer comes. */
async function says(editor: Editor, field: Locator, words: RegExp): Promise<void> {
  await editor.page.mouse.move(0, 0);
  await field.hover();
  await editor.page.locator('.red-ui-popover').getByText(words).waitFor();
  await editor.page.mouse.move(0, 0);
}

async function unit(editor: Editor, row: string, words: string): Promise<void> {
  await editor.page.locator(`#ow-read-${row}-unit`).getByText(words).waitFor();
}
