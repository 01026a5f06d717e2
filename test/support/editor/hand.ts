import { setTimeout as delay } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import { idle } from './in-page.js';

/** A place on the page, in pixels from its top left corner. */
export interface Point {
  x: number;
  y: number;
}

/** How far a dragged thing moves before it goes to its place: enough for every kind of drag. */
const PULL = 12;

/** Between the two clicks of a double click. */
const BETWEEN_CLICKS_MS = 80;

/** The user's hand on mouse and keyboard, which counts what it does. */
export class Hand {
  readonly #page: Page;
  #clicks = 0;
  #typed = 0;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Clicks, double clicks and drags so far. */
  get clicks(): number {
    return this.#clicks;
  }

  /** Keys pressed so far. */
  get typed(): number {
    return this.#typed;
  }

  /** One click. */
  async click(target: Locator): Promise<void> {
    this.#clicks++;
    await target.click();
  }

  /**
   * One click where the target was before the pointer came: a hand does not aim again, as `click` does
   * when the page has moved under it.
   */
  async clickBlindly(target: Locator): Promise<void> {
    this.#clicks++;
    const { x, y } = await middleOf(target);
    const { mouse } = this.#page;
    await mouse.move(x, y, { steps: 5 });
    await mouse.down();
    await mouse.up();
  }

  /**
   * One double click, when the page has time for it and as quick as a hand is: for the editor two
   * clicks with 650 ms between them are none (red.js, dblClickInterval), so neither waits for what
   * the page does about the one before.
   */
  async doubleClick(target: Locator): Promise<void> {
    this.#clicks++;
    await target.hover();
    await this.#page.evaluate(idle);
    const { mouse } = this.#page;
    const first = [mouse.down(), mouse.up()];
    await delay(BETWEEN_CLICKS_MS);
    await Promise.all([...first, mouse.down({ clickCount: 2 }), mouse.up({ clickCount: 2 })]);
  }

  /** One drag, from the middle of something to the middle of something else. */
  async dragOnto(from: Locator, to: Locator): Promise<void> {
    await this.drag(from, await middleOf(to));
  }

  /** One drag, from the middle of something to a place. */
  async drag(from: Locator, to: Point): Promise<void> {
    this.#clicks++;
    await from.hover();
    const { mouse } = this.#page;
    const start = await middleOf(from);
    await mouse.down();
    await mouse.move(start.x + Math.sign(to.x - start.x) * PULL, start.y, { steps: 3 });
    await mouse.move(to.x, to.y, { steps: 8 });
    // A drop takes place where the last move was, which must have been seen there.
    await mouse.move(to.x, to.y);
    await mouse.up();
  }

  /** Two clicks: opens the list, then takes this entry. */
  async choose(list: Locator, value: string): Promise<void> {
    this.#clicks += 2;
    await list.selectOption(value);
  }

  /** One key, or several at once: `Enter`, `Control+z`. */
  async press(key: string): Promise<void> {
    this.#typed++;
    await this.#page.keyboard.press(key);
  }

  /** One click into a field, then as many keys as there are characters, in place of what is there. */
  async type(field: Locator, text: string): Promise<void> {
    await this.click(field);
    await field.selectText();
    this.#typed += text.length;
    await this.#page.keyboard.type(text);
  }
}

/** The middle of something on the page. */
export async function middleOf(target: Locator): Promise<Point> {
  const box = await target.boundingBox();
  if (box === null) throw new Error(`Not on the screen: ${String(target)}`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
