import { pathOfMessage } from '../../settings/clashes.js';
import type { Settings, ValueOf } from '../../settings/setting.js';
import { chooseOnlyServer, clashWords, fillMissing, isRight } from '../fields.js';
import { heldBy, tieDialog } from '../held.js';
import { find } from '../kit/dom.js';
import type { Rows } from './rows.js';

/** The dialog of a node that may look by itself. */
export class WatchDialog {
  /** What stands in its fields. */
  readonly saved: ValueOf;
  readonly #settings: Settings;
  readonly #rows: (saved: ValueOf) => Rows;
  readonly #form = find(document, '#dialog-form');

  /** Fills the fields; `rows` is asked whenever one of them changes, and on `update()`. */
  constructor(node: EditorNode, settings: Settings, rows: (saved: ValueOf) => Rows) {
    fillMissing(node, settings);
    tieDialog(node);
    chooseOnlyServer(node);
    this.saved = heldBy(node, settings);
    this.#settings = settings;
    this.#rows = rows;
    tickOnce();
    $('#dialog-form').on('change input keyup', () => this.update());
  }

  /** Shows the rows that matter; what is hidden keeps its value. What is wrong is never hidden. */
  update(): void {
    // What was asked of the server may be answered when the dialog is gone.
    if (!this.#form.isConnected) return;
    // The field of a path cannot say it: Node-RED hides it behind another one.
    const clash = pathOfMessage(this.saved);
    find(document, '#ow-watch-problem').textContent = clash ? clashWords(clash) : '';
    for (const [id, matters] of Object.entries(this.#rows(this.saved))) {
      const row = find(document, `#${id}`);
      row.hidden = !matters && !this.#isWrong(row);
    }
  }

  /** Opens a fold in which something is set, and keeps one open in which something is wrong. */
  prepareFold(id: string): void {
    const fold = find(document, `#${id}`);
    if (!(fold instanceof HTMLDetailsElement)) return;
    fold.open = this.#fieldsIn(fold).some(
      (name) => this.saved(name) !== this.#settings[name]?.value,
    );
    fold.addEventListener('toggle', () => {
      if (!fold.open && this.#isWrong(fold)) fold.open = true;
    });
  }

  #isWrong(row: HTMLElement): boolean {
    return this.#fieldsIn(row).some((name) => {
      const setting = this.#settings[name];
      const isClashing = setting?.clash?.(this.saved) !== undefined;
      return setting && (isClashing || !isRight(setting, this.saved(name)));
    });
  }

  #fieldsIn(row: HTMLElement): string[] {
    return Object.keys(this.#settings).filter((name) => row.querySelector(`#node-input-${name}`));
  }
}

/** Who enters a repeat wants to see something soon: the node looks also when it starts, unless told otherwise. */
function tickOnce(): void {
  const repeat = $('#node-input-repeat');
  let before = repeat.val();
  repeat.on('input', () => {
    const isFirst = before.trim() === '' && repeat.val().trim() !== '';
    before = repeat.val();
    if (isFirst) $('#node-input-once').prop('checked', true).trigger('change');
  });
}
