import { button, element, setAttribute } from '../../../editor/kit/dom.js';
import { valueWords } from '../../../editor/words.js';
import type { Line } from './fit.js';
import type { Help } from './help.js';

/** What a user can do here. */
export interface Hands {
  readonly turn: (on: boolean) => void;
  readonly setFixed: () => void;
}

const IDS = { beside: 'ow-fit-beside', words: 'ow-fit-words', problem: 'ow-fit-problem' } as const;

/** The parts around the typedInput of a value: in it, behind a number, and below. */
export class ValueView {
  readonly #box: HTMLElement;
  readonly #say: (line: Line) => string;
  readonly #state = element('span', { 'aria-hidden': 'true' });
  readonly #switch: HTMLButtonElement;
  readonly #beside = element('span', { class: 'ow-fit-beside', id: IDS.beside });
  readonly #words = element('span', { id: IDS.words });
  readonly #problem = element('span', {
    class: 'ow-fit-problem',
    id: IDS.problem,
    'aria-live': 'polite',
  });
  readonly #fix: HTMLButtonElement;
  readonly #below: HTMLElement;

  /** @param box container of the typedInput */
  constructor(box: HTMLElement, label: string, say: (line: Line) => string, hands: Hands) {
    this.#box = box;
    this.#say = say;
    this.#switch = this.#makeSwitch(label, hands);
    const words = say({ key: 'setFixed' });
    this.#fix = button({ label: words, words, on: { click: hands.setFixed } });
    this.#below = element('div', { class: 'ow-fit' }, this.#words, this.#problem, this.#fix);
    box.append(this.#switch, this.#beside);
    box.after(this.#below);
  }

  /** Goes to what a fixed value is set with. */
  focus(input: HTMLInputElement): void {
    if (this.#switch.hidden) input.select();
    (this.#switch.hidden ? input : this.#switch).focus();
  }

  show({ on, beside, words, problem, offersFixed = false }: Help): void {
    this.#switch.hidden = on === undefined;
    this.#box.classList.toggle('ow-fit-switched', on !== undefined);
    this.#switch.setAttribute('aria-checked', String(on === true));
    this.#state.textContent = valueWords(on === true);
    this.#write(this.#beside, beside);
    // A value that does not fit is said once.
    this.#write(this.#words, problem ? undefined : words);
    this.#write(this.#problem, problem);
    this.#fix.hidden = !offersFixed;
    this.#below.hidden = !words && !problem;
  }

  #write(target: HTMLElement, line: Line | undefined): void {
    const text = line ? this.#say(line) : '';
    if (target.textContent !== text) target.textContent = text;
    target.hidden = text === '';
  }

  #makeSwitch(label: string, { turn }: Hands): HTMLButtonElement {
    const turned = (): boolean => this.#switch.getAttribute('aria-checked') !== 'true';
    const traits = {
      type: 'button',
      class: 'ow-fit-switch',
      role: 'switch',
      'aria-label': label,
      on: { click: () => turn(turned()) },
    };
    const track = element('span', { class: 'ow-fit-track' });
    return element('button', traits, track, this.#state);
  }
}

/** Makes a screen reader say of the part to type into what stands around it. */
export function describe(input: HTMLElement, label: string): void {
  input.setAttribute('aria-label', label);
  input.setAttribute('aria-describedby', Object.values(IDS).join(' '));
}

/** Tells a screen reader that a number can be stepped with keys, or that it cannot. */
export function markNumber(
  input: HTMLElement,
  range: { readonly min?: number; readonly max?: number } | undefined,
  text: string,
): void {
  const isNumber = text.trim() !== '' && Number.isFinite(Number(text));
  setAttribute(input, 'role', range && 'spinbutton');
  setAttribute(input, 'inputmode', range && 'decimal');
  setAttribute(input, 'aria-valuemin', range?.min);
  setAttribute(input, 'aria-valuemax', range?.max);
  setAttribute(input, 'aria-valuenow', range && isNumber ? Number(text) : undefined);
}
