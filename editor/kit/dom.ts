/** Attributes and listeners of an element that is made. */
interface Traits {
  /** Text content, never HTML: names come from the bus. */
  text?: string;
  on?: Record<string, (event: Event) => void>;
  [attribute: string]: Attribute | Record<string, (event: Event) => void>;
}

type Attribute = string | number | boolean | undefined;

/** Makes an element; an attribute that is false or undefined is left out, true is written empty. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  { text, on = {}, ...attributes }: Traits = {},
  ...children: (Node | undefined)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    setAttribute(made, name, value as Attribute);
  for (const [event, listener] of Object.entries(on)) made.addEventListener(event, listener);
  if (text !== undefined) made.textContent = text;
  for (const child of children) if (child) made.append(child);
  return made;
}

/** Sets an attribute, or takes it away when the value is false or undefined. */
export function setAttribute(target: Element, name: string, value: Attribute): void {
  if (value === undefined || value === false) target.removeAttribute(name);
  else target.setAttribute(name, value === true ? '' : String(value));
}

/** The element that a page must have. @throws Error when it has none: the form and its code do not fit */
export function find(root: ParentNode, selector: string): HTMLElement {
  const found = root.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`There is no ${selector}`);
  return found;
}

/** An icon of Font Awesome 4.7, which Node-RED brings; it means nothing to a screen reader. */
export function icon(name: string): HTMLElement {
  return element('i', { class: `fa fa-${name}`, 'aria-hidden': 'true' });
}

/** A button of Node-RED's look, with a picture, words or both; `label` is what a screen reader says. */
export function button({
  label,
  picture,
  words,
  ...traits
}: Traits & { label: string; picture?: string; words?: string }): HTMLButtonElement {
  const named = words === undefined ? { title: label, 'aria-label': label } : {};
  return element(
    'button',
    { type: 'button', class: 'red-ui-button red-ui-button-small', ...named, ...traits },
    picture === undefined ? undefined : icon(picture),
    words === undefined ? undefined : element('span', { text: picture ? ` ${words}` : words }),
  );
}

/** Puts a style sheet into the page, once, whichever of our scripts comes first. */
export function addStyle(id: string, css: string): void {
  if (document.getElementById(id)) return;
  document.head.append(element('style', { id, text: css }));
}
