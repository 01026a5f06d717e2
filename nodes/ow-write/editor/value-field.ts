import type { PropertyInfo } from '../../../contract/admin-api.js';
import { addStyle, find, setAttribute } from '../../../editor/kit/dom.js';
import { typedField } from '../../../editor/fields.js';
import { knownKind } from '../../../editor/words.js';
import { fixedType, inOrder, startValue, stepped, type FixedType, type Line } from './fit.js';
import { behind, helpFor, valueProblem, type Target } from './help.js';
import css from './value-field.css';
import { describe, markNumber, ValueView } from './view.js';

/** The field of the dialog that is open, or was the last to be. */
let latest: ValueField | undefined;

/**
 * Makes the value of a node a field that fits the property, once that is known.
 * @param types of the typedInput, in their usual order; the first is what a message brings
 */
export function valueField(node: EditorNode, types: readonly string[]): ValueField {
  addStyle('ow-value-style', css);
  typedField('value', [...types], 'msg');
  latest = new ValueField(node, types);
  return latest;
}

/** What Node-RED says of a value, and in the open dialog whether it fits the property. */
export function fittingValue(
  this: EditorNode,
  value: string | number | boolean,
  option?: unknown,
): Verdict {
  // A flow that was written by hand may hold a number or a boolean.
  const text = String(value);
  const ofType = RED.validators.typedInput({ typeField: 'valueType', allowBlank: true });
  const problem = latest?.isOf(this) === true ? latest.problem(text) : undefined;
  return problem ?? ofType.call(this, value as string, option);
}

/** Keys that step a number, and how far. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowUp: 1,
  ArrowDown: -1,
  PageUp: 10,
  PageDown: -10,
};

/**
 * The value of a node: one typedInput, and around it what helps to fit the property. What stands in
 * the field changes only when somebody types, switches or chooses.
 */
class ValueField {
  readonly #node: EditorNode;
  readonly #types: readonly string[];
  readonly #input: HTMLInputElement;
  readonly #view: ValueView;
  #property: Target | undefined;
  #fitting: FixedType | undefined;
  /** What the message's property was called, before a fixed value took its place. */
  #left: string | undefined;

  constructor(node: EditorNode, types: readonly string[]) {
    this.#node = node;
    this.#types = types;
    const box = find(document, '#node-input-value + .red-ui-typedInput-container');
    this.#input = find(box, '.red-ui-typedInput-input') as HTMLInputElement;
    const label = node._('label.value');
    describe(this.#input, label);
    this.#view = new ValueView(box, label, (line) => this.#say(line), {
      turn: (on) => this.#field.typedInput('value', String(on)),
      setFixed: () => this.#setFixed(),
    });
    this.#field.on('change', () => this.#changed());
    $('#node-input-offset').on('change', () => this.#show());
    this.#input.addEventListener('input', () => this.#show());
    this.#input.addEventListener('keydown', (event) => this.#step(event));
    this.#show();
  }

  /** Is this the open dialog of that node? */
  isOf(node: EditorNode): boolean {
    return node === this.#node && this.#input.isConnected;
  }

  /** What is wrong with a value, in words. */
  problem(value: string): string | undefined {
    const problem = valueProblem(this.#target, this.#type, value);
    return problem && this.#say(problem);
  }

  /** Fits another property, or none where nothing is known of it. */
  fit(property: PropertyInfo | undefined): void {
    // The answer for a dialog that is closed by now; another may be open.
    if (!this.#input.isConnected) return;
    const target = property && { ...property, kind: knownKind(property.kind) };
    this.#property = target;
    this.#order(target?.writable === true ? fixedType(target) : undefined);
    // Node-RED judges the field anew, and it is shown anew.
    this.#field.trigger('change');
  }

  get #field(): Query {
    return $('#node-input-value');
  }

  get #type(): string {
    return this.#field.typedInput('type');
  }

  get #value(): string {
    return this.#field.typedInput('value');
  }

  get #target(): Target | undefined {
    return this.#property && behind(this.#property, $('#node-input-offset').val());
  }

  /** The fitting type comes forward; a type that a flow was given by hand would get lost here. */
  #order(fitting: FixedType | undefined): void {
    const known = this.#types.includes($('#node-input-valueType').val());
    if (!known || fitting === this.#fitting) return;
    this.#fitting = fitting;
    this.#field.typedInput('types', inOrder(this.#types, fitting));
  }

  #changed(): void {
    const left = this.#left;
    if (this.#type === 'msg' && left !== undefined) {
      this.#left = undefined;
      this.#field.typedInput('value', left);
    }
    this.#show();
  }

  #show(): void {
    const target = this.#target;
    const [type, value] = [this.#type, this.#value];
    this.#view.show(helpFor(target, type, value));
    const steps = target !== undefined && this.#steps(target);
    markNumber(this.#input, steps ? target : undefined, value);
    setAttribute(this.#input, 'aria-invalid', valueProblem(target, type, value) && 'true');
  }

  #steps(target: Target): boolean {
    return this.#type === 'num' && target.writable && fixedType(target) === 'num';
  }

  #step(event: KeyboardEvent): void {
    const target = this.#target;
    const by = STEPS[event.key];
    if (!target || by === undefined || !this.#steps(target)) return;
    const next = stepped(target, this.#value, by);
    if (next === undefined) return;
    event.preventDefault();
    this.#field.typedInput('value', next);
  }

  /** Puts a fixed value in the place of the message's, and goes there. */
  #setFixed(): void {
    const target = this.#target;
    const fixed = target && fixedType(target);
    if (!target || fixed === undefined) return;
    const left = this.#value;
    this.#field.typedInput('type', fixed);
    this.#field.typedInput('value', startValue(target));
    this.#left = left;
    this.#view.focus(this.#input);
  }

  #say({ key, params }: Line): string {
    return this.#node._(`fit.${key}`, params);
  }
}
