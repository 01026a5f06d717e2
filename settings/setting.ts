/** What the runtime and the editor both know of a node's settings: plain data, with the rule of each. */

/** Anything: a name, a choice that owserver's client checks. */
interface Plain {
  /** The default: what a flow means that does not hold the setting. */
  readonly value: string | number;
}

/** On or off; `${ENV}` gives it as text. */
interface Switch {
  readonly value: boolean;
}

/** The id of a config node; named like the properties of Node-RED's own definitions. */
interface Reference {
  readonly value: '';
  readonly type: string;
  readonly required: boolean;
}

/** One of a few words. */
interface Choice {
  readonly value: string;
  readonly choices: readonly string[];
}

/** A whole number, which the editor saves as text; it may stay empty where that is the default. */
interface WholeNumber {
  readonly value: number | '';
  readonly from: number;
  readonly to: number;
}

/** A number, whole or not, which the editor saves as text; empty is none. */
interface Measure {
  readonly value: '';
  readonly number: Bounds;
}

/** From and to, both included; or above a number; or any. */
export type Bounds =
  | { readonly least: number; readonly most: number; readonly above?: undefined }
  | { readonly above: number; readonly least?: undefined }
  | { readonly above?: undefined; readonly least?: undefined };

/** A time in seconds, above zero. */
interface Seconds {
  readonly value: number;
  readonly seconds: true;
}

/** Text of a form of its own; the node's catalogue says it as `invalid.<name of the setting>`. */
interface Matching {
  readonly value: string;
  readonly matches: RegExp;
}

/** A typedInput, and the setting that holds its type. */
interface TypedInput {
  readonly value: string;
  readonly typeField: string;
  /** May it be empty? @default false */
  readonly allowBlank?: boolean;
}

/** A setting of a node: its default, and what it can be. */
export type Setting = (
  Plain | Switch | Reference | Choice | WholeNumber | Measure | Seconds | Matching | TypedInput
) & {
  /** What is wrong with it beside the other settings, once each of them keeps its own rule. */
  readonly clash?: (saved: ValueOf) => Clash | undefined;
};

/** The settings of a node by their names, which flows are saved with. */
export type Settings = Readonly<Record<string, Setting>>;

/** What a flow, or a dialog, holds for a setting; the default where it holds nothing. */
export type ValueOf = (name: string) => unknown;

/** Settings that do not go together: the sentence of the client that says so, and what stands in it. */
export interface Clash {
  readonly id: 'noDeadband' | 'pathOfMessage' | 'rangeReversed';
  readonly params?: Readonly<Record<string, number>>;
}

/** Where a typedInput points. */
export interface Typed {
  readonly value: string;
  readonly type: string;
}

type Defaults<All extends Settings> = { readonly [Name in keyof All]: All[Name]['value'] };

/** What a flow is saved with: the editor saves numbers as text, and `${ENV}` gives text. */
export type SavedConfig<All extends Settings> = {
  [Name in keyof All]: Saved<All[Name]['value']>;
};

type Saved<Value> = Value extends boolean
  ? boolean
  : Value extends number
    ? number | string
    : string;

/** What a node works with: every setting there, checked, and in the form in which it is used. */
export type CheckedConfig<All extends Settings> = {
  readonly [Name in keyof All]: Checked<All[Name]>;
};

type Checked<One extends Setting> = One extends Choice
  ? One['choices'][number]
  : One extends TypedInput
    ? Typed
    : One extends WholeNumber
      ? number | (One['value'] extends '' ? undefined : never)
      : One extends Measure
        ? number | undefined
        : Saved<One['value']>;

/** The defaults of settings, by name. */
export function defaultsOf<All extends Settings>(settings: All): Defaults<All> {
  const defaults = Object.entries(settings).map(([name, { value }]) => [name, value] as const);
  return Object.fromEntries(defaults) as Defaults<All>;
}

/** Does a value that a flow or a field holds keep the rule of its setting, as far as text can tell? */
export function fits(setting: Setting, value: unknown): boolean {
  if ('choices' in setting) return setting.choices.some((choice) => choice === value);
  const text = String(value).trim();
  if (isSwitch(setting)) return text === 'true' || text === 'false';
  if ('matches' in setting) return setting.matches.test(text);
  if (text === '' && ('from' in setting || 'number' in setting)) return setting.value === '';
  const number = text === '' ? NaN : Number(text);
  if ('number' in setting) return isWithin(number, setting.number);
  if ('seconds' in setting) return Number.isFinite(number) && number > 0;
  if (!('from' in setting)) return true;
  return Number.isSafeInteger(number) && number >= setting.from && number <= setting.to;
}

function isWithin(number: number, bounds: Bounds): boolean {
  if (!Number.isFinite(number)) return false;
  if (bounds.above !== undefined) return number > bounds.above;
  return bounds.least === undefined || (number >= bounds.least && number <= bounds.most);
}

/** Is it on or off, and nothing else? */
export function isSwitch(setting: Setting): setting is Switch {
  return typeof setting.value === 'boolean';
}

/** A number as it is used: one that is saved as text, or none where that is empty. */
export function numberIn(saved: unknown): number | undefined {
  if (typeof saved === 'number') return saved;
  return typeof saved !== 'string' || saved.trim() === '' ? undefined : Number(saved);
}

/** A switch as it is used. */
export function isOn(saved: unknown): boolean {
  return String(saved).trim() === 'true';
}
