import { strict as assert } from 'node:assert';
import type { Locator, Page } from 'playwright-core';
import type { FlowNode, NodeRedProcess } from '../node-red.js';
import { dom } from './dom.js';
import { Hand, type Point } from './hand.js';
import { activeFlow, completeFlow, focusWorkspace, importNodes, isDirty } from './in-page.js';
import { PATIENCE_MS, until } from './until.js';

/** What an Editor works with. */
export interface EditorParts {
  page: Page;
  nodeRed: Pick<NodeRedProcess, 'nextStart'>;
  /** Filled by watchProblems(). */
  problems: string[];
}

/** The editor on the screen: what a user does there, counted; and what a test looks up, not counted. */
export class Editor {
  /** For what is not here: locators, and looks at the page. What is done with it is not counted. */
  readonly page: Page;
  readonly #nodeRed: EditorParts['nodeRed'];
  readonly #problems: string[];
  readonly #hand: Hand;

  constructor({ page, nodeRed, problems }: EditorParts) {
    this.page = page;
    this.#nodeRed = nodeRed;
    this.#problems = problems;
    this.#hand = new Hand(page);
  }

  /** Clicks, double clicks and drags so far, each counting as one. */
  get clicks(): number {
    return this.#hand.clicks;
  }

  /** Keys pressed so far. */
  get typed(): number {
    return this.#hand.typed;
  }

  /** Errors on the console and failed requests so far. */
  get problems(): readonly string[] {
    return this.#problems;
  }

  // What a user does.

  /** One click. */
  click(target: Locator): Promise<void> {
    return this.#hand.click(target);
  }

  /** One click where the target was before the pointer came: whatever lies there then gets it. */
  clickBlindly(target: Locator): Promise<void> {
    return this.#hand.clickBlindly(target);
  }

  /** One click into the field, then its text key by key, in place of what is there. */
  type(field: Locator, text: string): Promise<void> {
    return this.#hand.type(field, text);
  }

  /** One key: `Enter`, `ArrowDown`, `Control+a`. */
  press(key: string): Promise<void> {
    return this.#hand.press(key);
  }

  /** Two clicks: opens a list, then takes the entry with this value. */
  choose(list: Locator, value: string): Promise<void> {
    return this.#hand.choose(list, value);
  }

  /**
   * One drag from the palette to a place in the workspace (pixels from its top left corner, at most
   * 850 x 750 are free); answers with the id of the new node.
   */
  async drag(type: string, x: number, y: number): Promise<string> {
    const before = new Set((await this.nodes()).map(({ id }) => id));
    await this.dragTo(dom.paletteNode(this.page, type), x, y);
    return until(`a new ${type} in the workspace`, async () => {
      return (await this.nodes()).find((node) => node.type === type && !before.has(node.id))?.id;
    });
  }

  /** One drag of anything to a place in the workspace. */
  async dragTo(from: Locator, x: number, y: number): Promise<void> {
    await this.#hand.drag(from, await this.at(x, y));
  }

  /** One drag from the output of a node to the input of another. */
  async wire(from: string, to: string, output = 0): Promise<void> {
    const end = dom.input(this.page, to);
    await this.#hand.dragOnto(dom.output(this.page, from, output), end);
  }

  /** One double click on a node; answers with its dialog, which then stands still. */
  async openNode(id: string): Promise<Locator> {
    await this.#hand.doubleClick(dom.node(this.page, id).locator('.red-ui-flow-node').first());
    return this.dialog();
  }

  /** One click on the + beside a config node's list; answers with the dialog of the new one. */
  async addConfig(property: string): Promise<Locator> {
    await this.click(dom.addConfig(this.page, property));
    await dom.configDialog(this.page).waitFor();
    return this.dialog();
  }

  /** One click on Done, Add or Update of the dialog in front, which closes it. */
  done(): Promise<void> {
    return this.#leave('button.primary');
  }

  /** One click on Cancel of the dialog in front, which closes it. */
  cancel(): Promise<void> {
    return this.#leave('button:not(.primary):not([id$="delete"])');
  }

  /** One click; answers when the flows run. */
  async deploy(): Promise<void> {
    const runs = this.#nodeRed.nextStart();
    await Promise.all([runs, this.click(dom.deploy(this.page))]);
    await until(
      'everything deployed',
      async () => !(await this.page.evaluate(isDirty)) || undefined,
    );
  }

  /** One click on the button at the side of an inject node. */
  inject(id: string): Promise<void> {
    return this.click(dom.nodeButton(this.page, id));
  }

  /**
   * Shows a sidebar tab: no click when it shows already, one on its button, two in Node-RED 4 when
   * it has none.
   */
  async openSidebar(id: string): Promise<void> {
    const open = dom.openTab(this.page, id);
    if ((await open.count()) > 0) return;
    const button = dom.tabButton(this.page, id);
    if (await button.isVisible()) {
      await this.click(button);
    } else {
      await this.click(dom.tabList(this.page));
      await this.click(dom.tabListEntry(this.page, id));
    }
    await open.waitFor({ state: 'attached' });
  }

  /** Shows the debug tab, as openSidebar() does. */
  openDebug(): Promise<void> {
    return this.openSidebar('debug');
  }

  // What a test looks up.

  /** The dialog in front, once it stands still. */
  async dialog(): Promise<Locator> {
    const dialog = dom.dialog(this.page);
    await dialog.locator('button.primary').click({ trial: true });
    return dialog;
  }

  /** A field of the dialog in front, by its property; of a typed field the part to type into. */
  field(property: string): Locator {
    return dom.field(this.page, property);
  }

  /** A place in the workspace as a place on the page. */
  async at(x: number, y: number): Promise<Point> {
    const box = await dom.workspace(this.page).boundingBox();
    assert.ok(box, 'there is no workspace');
    return { x: box.x + x, y: box.y + y };
  }

  /** The nodes of the flow in front, as a deploy would send them. */
  async nodes(): Promise<FlowNode[]> {
    const [all, active] = [await this.flow(), await this.page.evaluate(activeFlow)];
    return all.filter(({ z }) => z === active);
  }

  /** The whole flow file, with tabs and config nodes, as a deploy would send it. */
  flow(): Promise<FlowNode[]> {
    return this.page.evaluate(completeFlow);
  }

  /** Places nodes on the flow in front; those without `z` go there. */
  async importFlow(nodes: readonly FlowNode[]): Promise<void> {
    const z = await this.page.evaluate(activeFlow);
    await this.page.evaluate(
      importNodes,
      nodes.map((node) => ({ z, ...node })),
    );
  }

  /** Takes the last change back, with the keyboard, in the workspace. */
  async undo(): Promise<void> {
    await this.page.evaluate(focusWorkspace);
    await this.page.keyboard.press('Control+z');
  }

  /** What the debug tab shows, oldest first: the values as they are shown. */
  debugMessages(): Promise<string[]> {
    return dom.debugMessages(this.page).locator('.red-ui-debug-msg-payload').allTextContents();
  }

  /** Waits for a message in the debug tab whose value fits, and answers with it. */
  async waitForDebug(wanted: RegExp, waitMs = PATIENCE_MS): Promise<string> {
    const find = async (): Promise<string | undefined> =>
      (await this.debugMessages()).find((text) => wanted.test(text));
    return until(`${String(wanted)} in the debug tab`, find, waitMs);
  }

  /** The status under a node, as shown; undefined when there is none. */
  async statusOf(id: string): Promise<string | undefined> {
    const text = await dom.status(this.page, id).textContent();
    return text === null || text === '' ? undefined : text;
  }

  /** Hands over the problems so far and forgets them, for a test that means to cause some. */
  takeProblems(): string[] {
    return this.#problems.splice(0);
  }

  /** Fails when there were errors on the console or failed requests. */
  assertQuiet(): void {
    assert.deepEqual([...new Set(this.#problems)], []);
  }

  async #leave(button: string): Promise<void> {
    const dialog = dom.dialog(this.page);
    // The element itself: the dialog that comes back from behind looks the same.
    const element = await dialog.elementHandle();
    await this.click(dialog.locator('.red-ui-tray-toolbar').locator(button));
    await element.waitForElementState('hidden');
  }
}
