import { OWSERVER_DEFAULTS } from '../config.js';

/** A field of the dialog. */
export type Field = HTMLInputElement | HTMLSelectElement;

/** Names of the settings, each of which has a field. */
export type FieldName = keyof typeof OWSERVER_DEFAULTS;

/** Values of a form without the name, which changes nothing: texts and switches. */
export type Values = Readonly<Record<Exclude<FieldName, 'name'>, string | boolean>>;

/** The names of all settings. */
export const FIELDS = Object.keys(OWSERVER_DEFAULTS) as FieldName[];

/**
 * The form in the dialog. Its parts are looked up inside of it, because Node-RED takes it off the page
 * while another dialog is in front.
 */
export class Form {
  readonly root: HTMLElement;

  /** @throws Error when there is no such form on the page */
  constructor(id: string) {
    this.root = found(document.getElementById(id), id);
  }

  /** A part of the dialog, by the end of its id. */
  part(name: string): HTMLElement {
    return this.#get(`owserver-config-${name}`);
  }

  /** The field of a setting. */
  field(name: FieldName): Field {
    return this.#get(`node-config-input-${name}`) as Field;
  }

  /** Puts a value into a field as if it were typed, so that it is checked. */
  fill(name: FieldName, value: string): void {
    $(this.field(name)).val(value).trigger('change');
  }

  /** The values that the form holds now, saved or not. */
  values(): Values {
    const names = FIELDS.filter((name) => name !== 'name');
    const entries = names.map((name) => [name, valueOf(this.field(name))] as const);
    return Object.fromEntries(entries) as Values;
  }

  /** Is a field at its default? */
  isDefault(name: FieldName): boolean {
    return String(valueOf(this.field(name))) === String(OWSERVER_DEFAULTS[name]);
  }

  /** The settings whose fields are inside an element. */
  settingsIn(element: Element): FieldName[] {
    return FIELDS.filter((name) => element.contains(this.field(name)));
  }

  #get(id: string): HTMLElement {
    return found(this.root.querySelector<HTMLElement>(`#${id}`), id);
  }
}

function found(element: HTMLElement | null, id: string): HTMLElement {
  if (!element) throw new Error(`There is no #${id} in the dialog`);
  return element;
}

function valueOf(input: Field): string | boolean {
  if (input.type === 'checkbox') return input.checked;
  // Node-RED's own entry for no config node.
  return input.value === '_ADD_' ? '' : input.value;
}

/** Host and port as people write them: IPv6 in brackets. */
export function place(host: string, port: number | string): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
