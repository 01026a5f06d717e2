import type { ServerState } from '../../contract/admin-api.js';
import { onServerState } from '../../editor/admin-api.js';
import { button, element } from '../../editor/kit/dom.js';
import { addServer } from './node-maker.js';
import { say } from './words.js';
import { ServerSection } from './server-section.js';

const SERVER_TYPE = 'owserver-config';

/** The 1-Wire tab: a section for each server that is configured. */
export class Sidebar {
  readonly element = element('div', { class: 'ow-sidebar' });
  readonly #sections = new Map<string, ServerSection>();
  readonly #states = new Map<string, ServerState>();
  #visible = false;

  constructor() {
    new IntersectionObserver((changes) => {
      this.#setVisible(changes.at(-1)?.isIntersecting === true);
    }).observe(this.element);
    document.addEventListener('visibilitychange', () => this.#tellSections());
    const onNode = (node: EditorNode): void => {
      if (node.type === SERVER_TYPE) this.#arrange();
    };
    for (const event of ['nodes:add', 'nodes:remove', 'nodes:change']) RED.events.on(event, onNode);
    RED.events.on('flows:loaded', () => this.#arrange());
    onServerState((id, state) => this.#onState(id, state));
    this.#arrange();
  }

  /** A section for each server there is, in the order of their names; what is open in one stays so. */
  #arrange(): void {
    const nodes: EditorNode[] = [];
    RED.nodes.eachConfig((node) => {
      if (node.type === SERVER_TYPE && node.d !== true) nodes.push(node);
    });
    const ids = nodes.map(({ id }) => id);
    for (const id of this.#sections.keys()) if (!ids.includes(id)) this.#sections.delete(id);
    const sections = nodes.map((node) => this.#section(node));
    this.element.replaceChildren(...(sections.length > 0 ? [...sections, tip()] : [welcome()]));
  }

  #section(node: EditorNode): HTMLElement {
    let section = this.#sections.get(node.id);
    if (!section) {
      section = new ServerSection(node);
      this.#sections.set(node.id, section);
      section.setVisible(this.#isSeen());
      const state = this.#states.get(node.id);
      if (state) section.setState(state);
    }
    section.rename(node);
    return section.element;
  }

  #onState(id: string, state: ServerState): void {
    const before = this.#states.get(id)?.type;
    this.#states.set(id, state);
    // A server that begins anew was deployed: it may have another host or other units.
    if (state.type === 'idle' && before !== undefined) this.#sections.get(id)?.reload();
    this.#sections.get(id)?.setState(state);
  }

  #setVisible(visible: boolean): void {
    this.#visible = visible;
    this.#tellSections();
  }

  #isSeen(): boolean {
    return this.#visible && document.visibilityState === 'visible';
  }

  #tellSections(): void {
    for (const section of this.#sections.values()) section.setVisible(this.#isSeen());
  }
}

function tip(): HTMLElement {
  return element('p', { class: 'ow-tip', text: say('tip') });
}

/** What a newcomer sees: two ways to begin. */
function welcome(): HTMLElement {
  const simulated = button({
    label: say('welcome.simulated'),
    words: say('welcome.simulated'),
    picture: 'magic',
    class: 'red-ui-button ow-begin',
    on: { click: () => addServer({ simulator: true }) },
  });
  const real = button({
    label: say('welcome.real'),
    words: say('welcome.real'),
    picture: 'server',
    class: 'red-ui-button ow-begin',
    on: { click: () => RED.editor.editConfig('', SERVER_TYPE, '_ADD_') },
  });
  const text = element('p', { text: say('welcome.text') });
  return element('div', { class: 'ow-welcome' }, text, real, simulated);
}
