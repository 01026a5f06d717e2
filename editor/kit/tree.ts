import { button, element, icon, setAttribute } from './dom.js';
import { word } from '../words.js';

/** One row of a tree. */
export interface TreeEntry {
  /** Under which the tree remembers that the row is open. */
  readonly key: string;
  /** What a screen reader says of the row. */
  readonly label: string;
  /** What stands in the row. */
  readonly content: readonly Node[];
  /** Loads the rows inside; without it the row is a leaf. */
  readonly inside?: () => Promise<Branch>;
  /** A click on the row, Enter or the space bar; without it that opens and closes. */
  readonly act?: () => void;
  /** Words by which the row is found; without them it always shows. */
  readonly found?: string;
  /** Hears of the row when it shows, and how to drop it. */
  readonly onRow?: (row: HTMLElement) => void;
}

/** Why there are no rows when nothing has failed: it is said, and no more. */
export class NothingYet extends Error {}

/** The rows in a row, or of the whole tree. */
export interface Branch {
  readonly rows: readonly TreeEntry[];
  /** How many there are beside them, which cannot be shown. */
  readonly left: number;
}

/**
 * A tree of rows that load when they are opened. One row at a time is in the order of the Tab key,
 * with the buttons in it; the arrow keys go from row to row (WAI-ARIA, tree view).
 */
export class Tree {
  readonly element: HTMLElement;
  /** Keys of the rows that are open: they stay so when the tree is shown anew. */
  readonly #open = new Set<string>();
  #filter = '';
  readonly #nothing = element(
    'li',
    { class: 'ow-note', role: 'none' },
    element('span', { text: word('tree.nothing'), role: 'status' }),
  );

  constructor(label: string) {
    this.element = element('ul', {
      class: 'ow-tree',
      role: 'tree',
      'aria-label': label,
      on: {
        keydown: (event) => this.#onKey(event as KeyboardEvent),
        focusin: (event) => this.#enter(rowOf(event.target)),
      },
    });
  }

  /** Shows what loads, in place of what is there. */
  async show(load: () => Promise<Branch>): Promise<void> {
    await fill(this.element, load, 1, this.#open);
    this.#apply();
  }

  /** Shows only the rows at the top that hold these words. */
  filter(text: string): void {
    this.#filter = text.trim().toLowerCase();
    this.#apply();
  }

  #apply(): void {
    const items = [...this.element.querySelectorAll<HTMLElement>(':scope > li[role=treeitem]')];
    for (const item of items)
      item.hidden = !(item.dataset.found ?? this.#filter).includes(this.#filter);
    if (items.length > 0 && items.every((item) => item.hidden)) this.element.append(this.#nothing);
    else this.#nothing.remove();
    const rows = this.#rows();
    // The Tab key must find a row that can be seen.
    if (!rows.some((row) => row.tabIndex === 0)) this.#enter(rows[0]);
  }

  /** The rows that can be seen, from top to bottom. */
  #rows(): HTMLElement[] {
    const rows = [...this.element.querySelectorAll<HTMLElement>('.ow-row')];
    return rows.filter((row) => row.offsetParent !== null);
  }

  /** Makes a row the one that the Tab key comes to. */
  #enter(row: HTMLElement | undefined): void {
    if (!row || row.tabIndex === 0) return;
    for (const other of this.element.querySelectorAll<HTMLElement>('.ow-row[tabindex="0"]'))
      setReach(other, -1);
    setReach(row, 0);
  }

  #onKey(event: KeyboardEvent): void {
    const row = rowOf(event.target);
    if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.target !== row && !/^Arrow(Up|Down)$/.test(event.key)) return;
    if (!this.#press(event.key, row)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  #press(key: string, row: HTMLElement): boolean {
    const rows = this.#rows();
    const at = rows.indexOf(row);
    const open = row.parentElement?.getAttribute('aria-expanded');
    switch (key) {
      case 'ArrowDown':
        return this.#focus(rows[at + 1]);
      case 'ArrowUp':
        return this.#focus(rows[at - 1]);
      case 'Home':
        return this.#focus(rows[0]);
      case 'End':
        return this.#focus(rows.at(-1));
      case 'ArrowRight':
        if (open === 'true') return this.#focus(rows[at + 1]);
        return open === 'false' && turn(row);
      case 'ArrowLeft':
        if (open === 'true') return turn(row);
        return this.#focus(rowOf(row.parentElement?.parentElement?.parentElement?.firstChild));
      case 'Enter':
      case ' ':
        row.click();
        return true;
      default:
        return false;
    }
  }

  #focus(row: HTMLElement | undefined): boolean {
    row?.focus();
    return true;
  }
}

/** Opens or closes the row. */
function turn(row: HTMLElement): boolean {
  row.dispatchEvent(new CustomEvent('ow-turn'));
  return true;
}

function rowOf(target: unknown): HTMLElement | undefined {
  return target instanceof Element
    ? (target.closest<HTMLElement>('.ow-row') ?? undefined)
    : undefined;
}

function setReach(row: HTMLElement, tabIndex: number): void {
  row.tabIndex = tabIndex;
  for (const control of row.querySelectorAll<HTMLElement>('button, input, select'))
    control.tabIndex = tabIndex;
}

/** Fills a list with the rows that load: first with a note, and with the reason when they cannot be had. */
async function fill(
  list: HTMLElement,
  load: () => Promise<Branch>,
  level: number,
  opened: Set<string>,
): Promise<void> {
  const note = (...content: Node[]): void => list.replaceChildren(noteItem(...content));
  note(
    icon('spinner fa-spin'),
    element('span', { text: ` ${word('tree.loading')}`, role: 'status' }),
  );
  try {
    const { rows, left } = await load();
    const more = left > 0 ? [noteItem(wordsOf('tree.left', { count: left }))] : [];
    if (rows.length === 0 && left === 0) note(wordsOf('tree.empty'));
    else list.replaceChildren(...rows.map((row) => toItem(row, level, opened)), ...more);
  } catch (thrown) {
    const { message } = thrown as Error;
    if (thrown instanceof NothingYet) {
      note(element('span', { text: message, role: 'status' }));
      return;
    }
    const again = { label: word('tree.again'), picture: 'refresh', words: word('tree.again') };
    note(
      element('span', { class: 'ow-failed', role: 'alert', text: message }),
      button({ ...again, on: { click: () => void fill(list, load, level, opened) } }),
    );
  }
}

/** A line that is no row: it says something about them. */
function noteItem(...content: Node[]): HTMLElement {
  return element('li', { class: 'ow-note', role: 'none' }, ...content);
}

function wordsOf(key: string, params?: Record<string, unknown>): HTMLElement {
  return element('span', { text: word(key, params) });
}

function toItem(entry: TreeEntry, level: number, opened: Set<string>): HTMLElement {
  const { key, label, content, inside, act, found, onRow } = entry;
  const arrow = element('span', { class: inside ? 'ow-arrow fa fa-caret-right' : 'ow-arrow' });
  const row = element('div', { class: 'ow-row', tabindex: -1 }, arrow, ...content);
  const item = element('li', {
    role: 'treeitem',
    'aria-level': level,
    'aria-label': label,
    'aria-expanded': inside ? 'false' : undefined,
    'data-found': found?.toLowerCase(),
  });
  row.style.paddingLeft = `${level * 14 - 8}px`;
  item.append(row);
  const open =
    inside &&
    opener(
      item,
      (group) => void fill(group, inside, level + 1, opened),
      (isOpen) => {
        if (isOpen) opened.add(key);
        else opened.delete(key);
      },
    );
  row.addEventListener('click', (event) => {
    if ((event.target as Element).closest('button, input, select, label')) return;
    if (act && event.target !== arrow) act();
    else open?.();
  });
  row.addEventListener('ow-turn', () => open?.());
  onRow?.(row);
  if (opened.has(key)) open?.();
  setReach(row, -1);
  return item;
}

/** What opens and closes a row; what is inside is loaded once. */
function opener(
  item: HTMLElement,
  load: (group: HTMLElement) => void,
  note: (open: boolean) => void,
): () => void {
  let group: HTMLElement | undefined;
  return () => {
    const open = item.getAttribute('aria-expanded') !== 'true';
    setAttribute(item, 'aria-expanded', String(open));
    note(open);
    if (!group) {
      group = element('ul', { role: 'group' });
      item.append(group);
      load(group);
    }
    group.hidden = !open;
  };
}
