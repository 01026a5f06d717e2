import type { BrowseEntry } from '../../contract/admin-api.js';
import { aboutWords, deviceWords, entryName, rowLabel } from '../../editor/browse/browse-panel.js';
import { isMain, type Directory } from '../../editor/browse/directory.js';
import { button, element, icon } from '../../editor/kit/dom.js';
import type { Branch, TreeEntry } from '../../editor/kit/tree.js';
import { aliasButton } from './alias-button.js';
import type { Cell, LiveValues } from './live-values.js';
import { mainProperty } from './main-property.js';
import { insertExample, insertNode, type NodeType, type Wanted } from './node-maker.js';
import { say } from './words.js';
import { switchCell, textCell } from './value-cell.js';
import { draggable, inTheMiddle } from './drag-and-drop.js';

/** Makes the rows of one server's tree. */
export class Rows {
  readonly #directory: Directory;
  readonly #values: LiveValues;
  readonly #onRenamed: () => void;

  constructor(directory: Directory, values: LiveValues, onRenamed: () => void) {
    this.#directory = directory;
    this.#values = values;
    this.#onRenamed = onRenamed;
  }

  /** The rows of what is in a directory. */
  async in(path: string): Promise<Branch> {
    const { entries, left } = await this.#directory.list(path);
    return { rows: entries.map((entry) => this.#row(entry)), left };
  }

  #row(entry: BrowseEntry): TreeEntry {
    const { path, kind, name, device } = entry;
    const wanted = this.#wanted(entry);
    return {
      key: path,
      label: rowLabel(entry),
      found: `${name} ${device?.id ?? ''} ${device?.type ?? ''}`,
      content: [...this.#about(entry), this.#end(entry, wanted)],
      ...(kind !== 'property' && { inside: () => this.in(path) }),
      onRow: (row) => {
        draggable(row, wanted);
        row.title = say('drag', { node: nodeWords(wanted.type), path: wanted.path });
      },
    };
  }

  /** The node that a row becomes when it is dragged: what a device is bought for is read. */
  #wanted({ kind, path, property, device }: BrowseEntry): Wanted {
    const { server } = this.#directory;
    const main = device && mainProperty(path, device.family);
    if (main !== undefined) return { type: 'ow-read', server, path: main };
    if (kind !== 'property') return { type: 'ow-dir', server, path };
    return { type: property?.readable === false ? 'ow-write' : 'ow-read', server, path };
  }

  #about(entry: BrowseEntry): Node[] {
    const { kind, property, device } = entry;
    const about = property ? aboutWords(property) : deviceWords(entry);
    return [
      ...(kind === 'property' ? [] : [icon(PICTURES[kind])]),
      element('span', { class: 'ow-name', text: entryName(entry), title: device?.id }),
      element('span', { class: 'ow-about', text: about }),
    ];
  }

  #end(entry: BrowseEntry, wanted: Wanted): HTMLElement {
    const cell = this.#cell(entry, wanted);
    const chips = element('span', { class: 'ow-chips' });
    if (cell && !this.#isLive(entry)) chips.append(this.#lookChip(cell));
    else if (cell) this.#values.add(cell);
    if (wanted.type !== 'ow-dir') chips.append(chip(wanted));
    if (wanted.type === 'ow-read') chips.append(exampleChip(wanted));
    if (entry.property?.writable && wanted.type === 'ow-read')
      chips.append(chip({ ...wanted, type: 'ow-write' }));
    if (entry.kind !== 'property')
      chips.append(chip({ ...wanted, type: 'ow-dir', path: entry.path }));
    if (entry.kind === 'device' && RED.user.hasPermission('owserver.write'))
      chips.append(aliasButton(wanted.server, entry, this.#onRenamed));
    // The buttons come with the pointer: what can be pressed itself must not give way to them.
    const parts = isSwitch(entry) ? [chips, cell?.element] : [cell?.element, chips];
    return element('span', { class: 'ow-end' }, ...parts);
  }

  #cell(entry: BrowseEntry, { server, type, path }: Wanted): Cell | undefined {
    if (type !== 'ow-read') return undefined;
    return isSwitch(entry) ? switchCell(server, entry) : textCell(path);
  }

  /** Is the value shown without being asked for? Each other value costs time on the bus. */
  #isLive(entry: BrowseEntry): boolean {
    return entry.kind !== 'property' || isMain(entry.name) || isSwitch(entry);
  }

  #lookChip(cell: Cell): HTMLElement {
    const chip = button({
      label: say('look', { path: cell.path }),
      picture: 'eye',
      class: 'ow-chip',
    });
    chip.addEventListener('click', () => {
      cell.element.textContent = '…';
      this.#values.add(cell);
      this.#values.soon();
    });
    return chip;
  }
}

const PICTURES = { device: 'microchip', bus: 'sitemap', directory: 'folder-o' };

const CHIP_PICTURES = { 'ow-read': 'thermometer-half', 'ow-write': 'pencil', 'ow-dir': 'list' };

function isSwitch({ property }: BrowseEntry): boolean {
  return (
    property?.kind === 'yesno' &&
    property.writable &&
    property.readable &&
    property.count === undefined
  );
}

/** What Node-RED's palette calls a node. */
function nodeWords(type: NodeType): string {
  return type.replace('-', ' ');
}

/** A handle to drag a node from; pressed, it puts the node in the middle of the flow. */
function chip(wanted: Wanted): HTMLElement {
  const label = say('insert', { node: nodeWords(wanted.type), path: wanted.path });
  const made = button({ label, picture: CHIP_PICTURES[wanted.type], class: 'ow-chip' });
  made.addEventListener('click', () => inTheMiddle((place) => insertNode(wanted, place)));
  draggable(made, wanted);
  return made;
}

function exampleChip(wanted: Wanted): HTMLElement {
  const made = button({
    label: say('example', { path: wanted.path }),
    picture: 'magic',
    class: 'ow-chip',
  });
  made.addEventListener('click', () => inTheMiddle((place) => insertExample(wanted, place)));
  return made;
}
