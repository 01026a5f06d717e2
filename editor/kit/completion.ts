import { element } from './dom.js';

/** A text to choose, and what it is. */
export interface Suggestion {
  readonly text: string;
  readonly about: string;
  /** Does more follow, such as the properties of a device? */
  readonly more?: boolean;
}

let count = 0;

/**
 * Suggestions below a text field (WAI-ARIA, combobox). They only ever add: what was typed stays unless
 * one of them is chosen with the arrow keys and Enter, or with the mouse.
 */
export class Completion {
  readonly #input: HTMLInputElement;
  readonly #suggest: (typed: string) => Promise<readonly Suggestion[]>;
  readonly #list: HTMLElement;
  #shown: readonly Suggestion[] = [];
  #active = -1;
  #asked = 0;

  constructor(input: HTMLInputElement, suggest: (typed: string) => Promise<readonly Suggestion[]>) {
    this.#input = input;
    this.#suggest = suggest;
    const id = `ow-completion-${(count += 1)}`;
    this.#list = element('ul', { id, class: 'ow-completion', role: 'listbox', hidden: true });
    for (const [name, value] of Object.entries({
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-expanded': 'false',
      'aria-controls': id,
      autocomplete: 'off',
    }))
      input.setAttribute(name, value);
    input.addEventListener('input', () => void this.#look());
    input.addEventListener('keydown', (event) => this.#onKey(event));
    input.addEventListener('blur', () => this.close());
  }

  /** The list, to be put where it is to show. */
  get element(): HTMLElement {
    return this.#list;
  }

  /** Takes the suggestions away. */
  close(): void {
    this.#asked += 1;
    this.#show([]);
  }

  async #look(): Promise<void> {
    const asked = (this.#asked += 1);
    const typed = this.#input.value;
    const suggestions = await this.#suggest(typed).catch(() => []);
    // What was typed since then has asked anew.
    if (asked !== this.#asked) return;
    const useless = suggestions.length === 1 && suggestions[0]?.text === typed;
    this.#show(useless ? [] : suggestions);
  }

  #show(suggestions: readonly Suggestion[]): void {
    this.#shown = suggestions;
    this.#active = -1;
    this.#list.replaceChildren(...suggestions.map((one, at) => this.#option(one, at)));
    this.#list.hidden = suggestions.length === 0;
    this.#input.setAttribute('aria-expanded', String(suggestions.length > 0));
    this.#input.removeAttribute('aria-activedescendant');
  }

  #option({ text, about }: Suggestion, at: number): HTMLElement {
    const id = `${this.#list.id}-${at}`;
    const option = element(
      'li',
      { id, role: 'option', 'aria-selected': 'false' },
      element('span', { class: 'ow-name', text }),
      element('span', { class: 'ow-about', text: about }),
    );
    // Before the field loses the focus and the list goes.
    option.addEventListener('mousedown', (event) => {
      event.preventDefault();
      this.#choose(at);
    });
    return option;
  }

  #onKey(event: KeyboardEvent): void {
    const { key } = event;
    const isShown = this.#shown.length > 0;
    if (key === 'ArrowDown' && !isShown) void this.#look();
    else if (key === 'ArrowDown' || key === 'ArrowUp') this.#move(key === 'ArrowDown' ? 1 : -1);
    else if (key === 'Enter' && this.#active >= 0) this.#choose(this.#active);
    else if (key === 'Escape' && isShown) this.close();
    else return;
    // Node-RED closes the dialog at Escape.
    event.preventDefault();
    event.stopPropagation();
  }

  #move(by: number): void {
    const { length } = this.#shown;
    if (length === 0) return;
    this.#active = (this.#active + by + length) % length;
    [...this.#list.children].forEach((option, at) => {
      option.setAttribute('aria-selected', String(at === this.#active));
      if (at !== this.#active) return;
      this.#input.setAttribute('aria-activedescendant', option.id);
      option.scrollIntoView({ block: 'nearest' });
    });
  }

  #choose(at: number): void {
    const chosen = this.#shown[at];
    if (!chosen) return;
    this.#input.value = chosen.text;
    $(this.#input).trigger('change');
    if (chosen.more) void this.#look();
    else this.close();
  }
}
