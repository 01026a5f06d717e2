import type { FoundServer } from '../../../contract/admin-api.js';
import { get } from '../../../editor/admin-api.js';
import { element, icon } from '../../../editor/kit/dom.js';
import { needsWrite, onClick } from './busy.js';
import { place, type Form } from './form.js';

/** The search for servers, whose result fills host and port. */
export function prepareSearch(node: EditorNode, form: Form): void {
  const button = form.part('find');
  const list = form.part('found');
  const show = (...children: HTMLElement[]): void => list.replaceChildren(...children);
  const choose = ({ host, port }: FoundServer): void => {
    form.fill('host', host);
    form.fill('port', String(port));
    show();
    form.part('test').focus();
  };
  needsWrite(button, node);
  onClick(button, async () => {
    show(line(node._('discover.running')));
    try {
      const found = await get('discover', {});
      if (found.length === 0) show(line(node._('discover.nothing')));
      else show(line(node._('discover.found')), choices(found, choose));
    } catch (error) {
      show(line((error as Error).message));
    }
  });
}

function line(text: string): HTMLElement {
  return element('p', { text });
}

function choices(found: readonly FoundServer[], choose: (one: FoundServer) => void): HTMLElement {
  return element('ul', {}, ...found.map((one) => choice(one, choose)));
}

function choice(one: FoundServer, choose: (one: FoundServer) => void): HTMLElement {
  const { name, machine, host, port } = one;
  const traits = { type: 'button', class: 'owserver-choice', title: name };
  const button = element(
    'button',
    { ...traits, on: { click: () => choose(one) } },
    icon('server'),
    element('strong', { text: machine }),
    element('span', { text: place(host, port) }),
  );
  return element('li', {}, button);
}
