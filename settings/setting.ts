/** What the runtime and the editor both know of a node's settings: plain data, with the rule of each. */

/** Anything: a name, a switch, a choice that owserver's client checks. */
interface Plain {
  /** The default: what a flow means that does not hold the setting. */
  readonly value: string | number | boolean;
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
export type Setting = Plain | Reference | Choice | WholeNumber | Seconds | Matching | TypedInput;

/** The settings of a node by their names, which flows are saved with. */
export type Settings = Readonly<Record<string, Setting>>;

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
  if ('matches' in setting) return setting.matches.test(text);
  if ('from' in setting && text === '') return setting.value === '';
  const number = text === '' ? NaN : Number(text);
  if ('seconds' in setting) return Number.isFinite(number) && number > 0;
  if (!('from' in setting)) return true;
  return Number.isSafeInteger(number) && number >= setting.from && number <= setting.to;
}
