import type { ErrorSentence, ServerState } from '../../contract/admin-api.js';
import { Directory } from '../../editor/browse/directory.js';
import { button, element, icon } from '../../editor/kit/dom.js';
import { localize } from '../../editor/localize.js';
import { Tree } from '../../editor/kit/tree.js';
import { LiveValues } from './live-values.js';
import { Rows } from './rows.js';
import { say } from './words.js';

/** Until a server that did not answer is asked again. */
const RETRY_MS = 5_000;

/** One server in the sidebar: its state, its devices, their values. */
export class ServerSection {
  readonly element: HTMLElement;
  readonly id: string;
  readonly #title = element('span', { class: 'ow-title' });
  readonly #light = icon('circle');
  readonly #state = element('span', { class: 'ow-state', role: 'status' });
  readonly #reason = element('div', { class: 'ow-reason' });
  readonly #tree: Tree;
  readonly #values = new LiveValues(() => this.#directory);
  #directory: Directory;
  #visible = false;
  #loaded = false;
  #failed = false;
  #timer: number | undefined;

  constructor(node: EditorNode) {
    this.id = node.id;
    this.#directory = new Directory(node.id);
    this.#tree = new Tree(say('devices'));
    const refresh = button({
      label: say('refresh'),
      picture: 'refresh',
      on: { click: () => void this.#load(true) },
    });
    const edit = button({
      label: say('edit'),
      picture: 'pencil',
      on: { click: () => RED.editor.editConfig('', 'owserver-config', this.id) },
    });
    const head = element(
      'div',
      { class: 'ow-head' },
      this.#light,
      this.#title,
      this.#state,
      refresh,
      edit,
    );
    this.element = element(
      'section',
      { class: 'ow-server' },
      head,
      this.#reason,
      this.#tree.element,
    );
    this.rename(node);
    this.setState({ type: 'idle' });
  }

  /** Shows the label that the server has now. */
  rename(node: EditorNode): void {
    const label = RED.utils.getNodeLabel(node, node.id);
    this.#title.textContent = label;
    this.element.setAttribute('aria-label', label);
  }

  /** Shows a state; a server that has come, or come back, is looked at. */
  setState(state: ServerState): void {
    const { type } = state;
    const error = errorOf(state);
    const retryInMs = state.type === 'disconnected' ? state.retryInMs : undefined;
    this.element.dataset.state = type;
    this.#state.textContent = say(`state.${type}`);
    const seconds = Math.max(1, Math.round((retryInMs ?? 0) / 1000));
    const retry = retryInMs === undefined ? '' : ` ${say('retry', { seconds })}`;
    this.#reason.textContent = error ? `${localize(error)}${retry}` : '';
    const isNew = type === 'idle' || type === 'connected';
    if (isNew && (this.#failed || !this.#loaded)) void this.#load();
  }

  /** The sidebar is seen now, or no more; nothing is asked for before it was seen once. */
  setVisible(visible: boolean): void {
    this.#visible = visible;
    this.#values.setVisible(visible);
    if (visible && (this.#failed || !this.#loaded)) void this.#load();
  }

  /** Looks anew, after a deploy. */
  reload(): void {
    this.#directory = new Directory(this.id);
    this.#loaded = false;
    if (this.#visible) void this.#load();
  }

  async #load(fresh = false): Promise<void> {
    if (!this.#visible) return;
    this.#loaded = true;
    this.#failed = false;
    const directory = this.#directory;
    const rows = new Rows(directory, this.#values, () => void this.#load(true));
    await this.#tree.show(async () => {
      try {
        if (fresh) await directory.refresh('/');
        return await rows.in('/');
      } catch (thrown) {
        this.#failed = true;
        this.#later();
        throw thrown;
      }
    });
    this.#values.soon();
  }

  /** A server that nobody uses is not tried again by itself. */
  #later(): void {
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      if (!this.#visible || !this.#failed) return;
      // What is shown stays until there is something else to show.
      this.#directory.list('/').then(
        () => void this.#load(),
        () => this.#later(),
      );
    }, RETRY_MS);
  }
}

/** Why a server cannot be used, where its state says so. */
function errorOf(state: ServerState): ErrorSentence | undefined {
  return state.type === 'disconnected' || state.type === 'misconfigured' ? state.error : undefined;
}
