import type { BrowseEntry, ShownValue } from '../../contract/admin-api.js';
import type { Directory, Listing } from './directory.js';
import { button, element, icon } from '../kit/dom.js';
import { localize } from '../localize.js';
import { Tree, type Branch, type TreeEntry } from '../kit/tree.js';
import { accessWords, deviceName, kindWords, valueWords, word } from '../words.js';

/** What a panel is for: which things show, which can be chosen, and what is chosen now. */
export interface Picking {
  readonly shows: (entry: BrowseEntry) => boolean;
  readonly picks: (entry: BrowseEntry) => boolean;
  /** May a path stand for all devices of a family? */
  readonly patterns: boolean;
  /** The paths that are chosen. */
  readonly chosen: () => readonly string[];
  readonly choose: (paths: readonly string[]) => void;
}

/** Shows what a server has, to choose paths from it with the mouse or the keyboard. */
export class BrowsePanel {
  readonly element: HTMLElement;
  readonly #picking: Picking;
  readonly #tree = new Tree(word('browse.label'));
  readonly #filter: HTMLInputElement;
  readonly #updates: (() => void)[] = [];
  #directory: Directory | undefined;

  constructor(picking: Picking) {
    this.#picking = picking;
    this.#filter = element('input', {
      type: 'search',
      class: 'ow-filter',
      placeholder: word('browse.filter'),
      'aria-label': word('browse.filter'),
      on: { input: () => this.#tree.filter(this.#filter.value) },
    });
    const refresh = button({
      label: word('browse.refresh'),
      picture: 'refresh',
      on: { click: () => this.#show((directory) => directory.refresh('/')) },
    });
    const head = element('div', { class: 'ow-panel-head' }, this.#filter, refresh);
    this.element = element('div', { class: 'ow-panel' }, head, this.#tree.element);
  }

  /** Shows a server; what is shown of it already stays. */
  open(directory: Directory | undefined): void {
    if (directory === this.#directory && directory) return;
    this.#directory = directory;
    this.#show((shown) => shown.list('/'));
  }

  /** Marks anew what is chosen: the field may have been changed by hand. */
  update(): void {
    for (const update of this.#updates) update();
  }

  #show(list: (directory: Directory) => Promise<Listing>): void {
    this.#updates.length = 0;
    void this.#tree.show(async () => {
      const directory = this.#directory;
      if (!directory) throw new Error(word('hint.noServer'));
      return this.#rows(directory, await list(directory));
    });
  }

  #rows(directory: Directory, { entries, left }: Listing, device?: BrowseEntry): Branch {
    const shown = entries.filter(this.#picking.shows);
    return { rows: shown.map((entry) => this.#row(directory, entry, device)), left };
  }

  #row(directory: Directory, entry: BrowseEntry, device?: BrowseEntry): TreeEntry {
    const picked = this.#picking.picks(entry);
    const inner = entry.kind === 'device' ? entry : device;
    return {
      key: entry.path,
      label: rowLabel(entry),
      content: [...(picked ? [this.#box(entry)] : []), ...this.#content(directory, entry, device)],
      found: foundBy(entry),
      ...(entry.kind !== 'property' && {
        inside: async () => this.#rows(directory, await directory.list(entry.path), inner),
      }),
      ...(picked && {
        act: () => this.#choose([entry.path]),
        onRow: (row) => this.#mark(row, entry.path),
      }),
    };
  }

  #content(directory: Directory, entry: BrowseEntry, device?: BrowseEntry): Node[] {
    if (entry.kind === 'property') return this.#propertyContent(directory, entry, device);
    const picture = { device: 'microchip', bus: 'sitemap', directory: 'folder-o' }[entry.kind];
    const about = entry.device ? deviceWords(entry) : '';
    return [
      icon(picture),
      element('span', { class: 'ow-name', text: entryName(entry) }),
      element('span', { class: 'ow-about', text: about }),
    ];
  }

  #propertyContent(directory: Directory, entry: BrowseEntry, device?: BrowseEntry): Node[] {
    const { property, name, path } = entry;
    const nodes: Node[] = [element('span', { class: 'ow-name', text: name })];
    if (property) nodes.push(element('span', { class: 'ow-about', text: aboutWords(property) }));
    const end = element('span', { class: 'ow-end' });
    if (property?.readable !== false) end.append(...valueOnDemand(directory, path));
    const pattern = device && this.#picking.patterns ? familyPattern(device, path) : undefined;
    if (pattern !== undefined && device) end.append(this.#allOf(pattern, device));
    return [...nodes, end];
  }

  #mark(row: HTMLElement, path: string): void {
    const update = (): void => {
      const chosen = this.#has(path);
      row.classList.toggle('ow-chosen', chosen);
      row.parentElement?.setAttribute('aria-selected', String(chosen));
    };
    update();
    this.#updates.push(update);
  }

  #allOf(pattern: string, { device }: BrowseEntry): HTMLElement {
    const { family = '', type = family } = device ?? {};
    const label = word('browse.all', { type, pattern });
    const words = `${family}.*`;
    const all = button({
      label,
      words,
      title: label,
      'aria-label': label,
      'aria-pressed': 'false',
    });
    all.addEventListener('click', () => this.#choose([pattern]));
    this.#updates.push(() => all.setAttribute('aria-pressed', String(this.#has(pattern))));
    return all;
  }

  #box({ path }: BrowseEntry): HTMLElement {
    const box = element('input', {
      type: 'checkbox',
      'aria-label': word('browse.add', { path }),
      title: word('browse.add', { path }),
      on: { change: () => this.#toggle(path, box.checked) },
    });
    const update = (): void => {
      box.checked = this.#has(path);
    };
    update();
    this.#updates.push(update);
    return box;
  }

  #toggle(path: string, add: boolean): void {
    const others = this.#picking.chosen().filter((one) => !samePath(one, path));
    this.#choose(add ? [...others, path] : others);
  }

  #choose(paths: readonly string[]): void {
    this.#picking.choose(paths);
    this.update();
  }

  #has(path: string): boolean {
    return this.#picking.chosen().some((one) => samePath(one, path));
  }
}

/** The value of a property, read anew at each press of the button. */
function valueOnDemand(directory: Directory, path: string): Node[] {
  const shown = element('output', { class: 'ow-value' });
  const label = word('browse.value', { path });
  const show = async (): Promise<void> => {
    shown.textContent = '…';
    shown.textContent = await directory.read([path]).then(
      ([value]) => (value ? shownWords(value) : ''),
      (thrown: unknown) => (thrown as Error).message,
    );
  };
  return [shown, button({ label, picture: 'eye', on: { click: () => void show() } })];
}

/** The path that stands for a property of all devices of a family. */
export function familyPattern(device: BrowseEntry, path: string): string {
  const above = device.path.slice(0, device.path.lastIndexOf('/'));
  return `${above}/${device.device?.family ?? ''}.*${path.slice(device.path.length)}`;
}

/** What stands behind the name of a device: its type, and its id when the name is an alias. */
export function deviceWords({ device }: BrowseEntry): string {
  if (!device) return '';
  const { alias, id, type } = device;
  return [type, alias === undefined ? undefined : id].filter(Boolean).join(' · ');
}

/** A value that was read, or the reason why it was not. */
export function shownWords({ value, unit, hex, error }: ShownValue): string {
  if (error) return localize(error);
  return hex === true ? word('value.hex', { hex: value }) : valueWords(value, unit);
}

/** What people call an entry. */
export function entryName(entry: BrowseEntry): string {
  if (entry.kind === 'bus') return word('browse.bus', { number: entry.name.slice(4) });
  return entry.kind === 'device' ? deviceName(entry) : entry.name;
}

/** Kind, unit and access of a property. */
export function aboutWords(property: NonNullable<BrowseEntry['property']>): string {
  return `${kindWords(property)}, ${accessWords(property)}`;
}

/** What a screen reader says of an entry. */
export function rowLabel(entry: BrowseEntry): string {
  const about = entry.property ? aboutWords(entry.property) : deviceWords(entry);
  return about === '' ? entryName(entry) : `${entryName(entry)}, ${about}`;
}

function foundBy({ kind, name, device }: BrowseEntry): string {
  return kind === 'device' ? `${name} ${device?.id ?? ''} ${device?.type ?? ''}` : name;
}

/** The same path, however it is written. */
export function samePath(one: string, other: string): boolean {
  const plain = (path: string): string => path.trim().replace(/^\/+|\/+$/g, '');
  return plain(one) === plain(other);
}
