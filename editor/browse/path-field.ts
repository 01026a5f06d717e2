import type { BrowseEntry, PropertyInfo } from '../../contract/admin-api.js';
import { aboutWords, BrowsePanel, type Picking } from './browse-panel.js';
import type { CallError } from '../admin-api.js';
import { Completion } from '../kit/completion.js';
import { Directory } from './directory.js';
import { addStyle, button, element, find } from '../kit/dom.js';
import { PATH_TYPES, typedField } from '../fields.js';
import { pathsIn } from '../paths.js';
import css from '../style.css';
import { suggestPaths } from './suggestions.js';
import { word } from '../words.js';

/** What the paths of a node are for. */
export interface PathUse {
  readonly shows: (entry: BrowseEntry) => boolean;
  readonly picks: (entry: BrowseEntry) => boolean;
  /** May a path stand for all devices of a family? */
  readonly patterns: boolean;
  /** Hears what is known of the path in the field, whenever that changes. */
  readonly onProperty?: (property: PropertyInfo | undefined) => void;
  /** Do the paths lead to properties? Then it is worth saying that one is not known. */
  readonly properties: boolean;
}

/**
 * The path of a node: typed with suggestions, or chosen from what the server has. What stands in the
 * field changes only when somebody types or chooses; the server is asked for help, never for leave.
 */
export function pathField(use: PathUse): void {
  addStyle('ow-style', css);
  typedField('path', PATH_TYPES, 'str');
  const field = new PathField(use);
  $('#node-input-server').on('change', () => field.connect());
  $('#node-input-path').on('change', () => field.changed());
  field.connect();
}

class PathField {
  readonly #use: PathUse;
  readonly #hint = element('div', { class: 'ow-hint', 'aria-live': 'polite' });
  readonly #open: HTMLButtonElement;
  readonly #completion: Completion;
  readonly #input: HTMLInputElement;
  #panel: BrowsePanel | undefined;
  #directory: Directory | undefined;
  #asked = '';

  constructor(use: PathUse) {
    this.#use = use;
    const field = find(document, '#node-input-path');
    const row = field.closest<HTMLElement>('.form-row') ?? find(document, '#dialog-form');
    this.#input = find(row, '.red-ui-typedInput-input') as HTMLInputElement;
    this.#input.setAttribute('aria-label', word('label.path'));
    this.#completion = new Completion(this.#input, (typed) => this.#suggest(typed));
    this.#open = button({
      label: word('browse.open'),
      picture: 'search',
      words: word('browse.open'),
      class: 'red-ui-button ow-browse',
      'aria-expanded': 'false',
      on: { click: () => this.#turn() },
    });
    row.classList.add('ow-path-row');
    row.append(this.#open, this.#completion.element, this.#hint);
  }

  /** Turns to the server that is chosen now. */
  connect(): void {
    const server = $('#node-input-server').val();
    if (server === this.#directory?.server) return;
    this.#directory = isServer(server) ? new Directory(server) : undefined;
    this.#asked = '';
    if (this.#panel && this.#directory) this.#panel.open(this.#directory);
    void this.#look();
  }

  /** The field was changed, by hand or from the panel. */
  changed(): void {
    this.#panel?.update();
    void this.#look();
  }

  get #type(): string {
    return $('#node-input-path').typedInput('type');
  }

  get #value(): string {
    return $('#node-input-path').typedInput('value');
  }

  /** Says what the path leads to, or why the server cannot tell. */
  async #look(): Promise<void> {
    const directory = this.#directory;
    const paths = this.#paths();
    const asked = `${directory?.server ?? ''} ${paths.join(' ')}`;
    if (asked === this.#asked) return;
    this.#asked = asked;
    const [hint, property] = await this.#learn(directory, paths);
    if (asked !== this.#asked) return;
    this.#hint.textContent = hint;
    this.#use.onProperty?.(property);
  }

  async #learn(
    directory: Directory | undefined,
    paths: readonly string[],
  ): Promise<[string, PropertyInfo | undefined]> {
    if (!directory) return [word('hint.noServer'), undefined];
    try {
      await directory.list('/');
      const [path] = paths;
      if (path === undefined || !this.#use.properties) return ['', undefined];
      if (paths.length > 1)
        return [word('hint.several', { count: paths.length }), await common(directory, paths)];
      const property = await directory.property(path);
      if (property) return [hintWords(property), property];
      return [OWN.test(path) ? '' : word('hint.unknown'), undefined];
    } catch (thrown) {
      return [(thrown as CallError).message, undefined];
    }
  }

  #suggest(typed: string): Promise<Awaited<ReturnType<typeof suggestPaths>>> {
    if (!this.#directory || this.#type !== 'str') return Promise.resolve([]);
    return suggestPaths(this.#directory, this.#picking, typed);
  }

  /** Opens the panel, or closes it. */
  #turn(): void {
    const open = this.#open.getAttribute('aria-expanded') !== 'true';
    this.#open.setAttribute('aria-expanded', String(open));
    if (!this.#panel) {
      this.#panel = new BrowsePanel(this.#picking);
      this.#hint.after(this.#panel.element);
    }
    this.#panel.element.hidden = !open;
    if (open) this.#panel.open(this.#directory);
  }

  get #picking(): Picking {
    const { shows, picks, patterns } = this.#use;
    return {
      shows,
      picks,
      patterns,
      chosen: () => this.#paths(),
      choose: (paths) => this.#choose(paths),
    };
  }

  /** The paths that stand in the field, as far as they do. */
  #paths(): readonly string[] {
    return pathsIn(this.#type, this.#value);
  }

  /** One path is text; several are a list. */
  #choose(paths: readonly string[]): void {
    const [type, value] =
      paths.length > 1 ? ['json', JSON.stringify(paths)] : ['str', paths[0] ?? ''];
    const field = $('#node-input-path');
    field.typedInput('type', type);
    field.typedInput('value', value);
    field.trigger('change');
  }
}

/** What a path leads to; of a pattern also to how many. */
function hintWords(property: PropertyInfo): string {
  const about = aboutWords(property);
  const { matches: count } = property;
  return count === undefined ? about : word('hint.matches', { count, about });
}

/** What owserver has itself; its tables do not tell of that. */
const OWN =
  /^\/?(uncached\/|bus\.\d+\/)?(settings|system|statistics|structure|simultaneous|interface)\b/;

/** What is known of all of the paths, when it is the same. */
async function common(
  directory: Directory,
  paths: readonly string[],
): Promise<PropertyInfo | undefined> {
  const all = await Promise.all(paths.map((path) => directory.property(path)));
  // How many a pattern among them stands for makes no difference.
  const alike = new Set(all.map((info) => JSON.stringify({ ...info, matches: undefined })));
  return alike.size === 1 ? all[0] : undefined;
}

/** A chosen server; Node-RED has other words for none and for a new one. */
function isServer(id: string): boolean {
  return id !== '' && id !== '_ADD_' && RED.nodes.node(id)?.type === 'owserver-config';
}
