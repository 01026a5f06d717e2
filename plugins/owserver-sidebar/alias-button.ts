import type { BrowseEntry } from '../../contract/admin-api.js';
import { post } from '../../editor/admin-api.js';
import { button, element } from '../../editor/kit/dom.js';
import { say, tell } from './words.js';

/** A button that turns the name of a device into a field for its alias; `done` hears of a new one. */
export function aliasButton(server: string, entry: BrowseEntry, done: () => void): HTMLElement {
  const id = entry.device?.id ?? entry.name;
  const open = button({ label: say('alias', { id }), picture: 'tag', class: 'ow-chip' });
  open.addEventListener('click', () => edit(open, server, entry, done));
  return open;
}

function edit(open: HTMLElement, server: string, entry: BrowseEntry, done: () => void): void {
  const name = open.closest('.ow-row')?.querySelector<HTMLElement>('.ow-name');
  if (!name) return;
  const id = entry.device?.id ?? entry.name;
  const field = element('input', {
    type: 'text',
    class: 'ow-alias',
    value: entry.device?.alias ?? '',
    placeholder: id,
    'aria-label': say('alias', { id }),
  });
  let isOpen = true;
  const close = (): void => {
    // Taking the field away takes the focus from it, which is a reason to close it once more.
    if (!isOpen) return;
    isOpen = false;
    field.replaceWith(name);
  };
  field.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (event.key === 'Escape') {
      close();
      open.closest<HTMLElement>('.ow-row')?.focus();
    }
    if (event.key === 'Enter')
      void save(server, entry, field.value).then((saved) => saved && done());
  });
  field.addEventListener('blur', close);
  name.replaceWith(field);
  field.focus();
  field.select();
}

/** Sets the alias; what is wrong with it is said, and the field stays. */
async function save(server: string, { path }: BrowseEntry, alias: string): Promise<boolean> {
  try {
    await post('write', { path: `${path}/alias`, value: alias.trim() }, server);
    return true;
  } catch (thrown) {
    tell((thrown as Error).message, 'error');
    return false;
  }
}
