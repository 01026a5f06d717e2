import type { BrowseEntry, ShownValue } from '../../contract/admin-api.js';
import { post } from '../../editor/admin-api.js';
import { shownWords } from '../../editor/browse/browse-panel.js';
import { element } from '../../editor/kit/dom.js';
import type { Cell } from './live-values.js';
import { say, tell } from './words.js';

/** A cell that shows the value of a path as text; what cannot be read is said in full by its title. */
export function textCell(path: string): Cell {
  const shown = element('output', { class: 'ow-value', 'aria-live': 'off' });
  return {
    path,
    element: shown,
    show: (value) => {
      const failed = value.error !== undefined;
      shown.textContent = failed ? say('unreadable') : shownWords(value);
      shown.title = shownWords(value);
      shown.classList.toggle('ow-failed', failed);
    },
  };
}

/** A switch for a yes/no property; it shows what owserver says, not what was pressed. */
export function switchCell(server: string, { path, name }: BrowseEntry): Cell {
  const may = RED.user.hasPermission('owserver.write');
  let busy = false;
  const knob = element('button', {
    type: 'button',
    class: 'ow-switch',
    role: 'switch',
    'aria-checked': 'mixed',
    'aria-label': say('switch', { name }),
    title: say(may ? 'switch' : 'mayNotSwitch', { name }),
    disabled: !may,
  });
  const show = ({ value, error }: ShownValue): void => {
    knob.setAttribute('aria-checked', error ? 'mixed' : String(value === true));
    if (error) knob.title = shownWords({ path, error });
  };
  knob.addEventListener('click', () => {
    // What is not known cannot be turned round: it might switch something on.
    const now = knob.getAttribute('aria-checked');
    if (busy || now === 'mixed') return;
    busy = true;
    knob.classList.add('ow-busy');
    void change(server, path, now !== 'true').then((value) => {
      busy = false;
      knob.classList.remove('ow-busy');
      if (value) show(value);
    });
  });
  return { path, element: knob, show, busy: () => busy };
}

/** Writes, and reads back what came of it; a write that fails is said, the switch stays as it was. */
async function change(
  server: string,
  path: string,
  value: boolean,
): Promise<ShownValue | undefined> {
  try {
    await post('write', { path, value }, server);
  } catch (thrown) {
    tell((thrown as Error).message, 'error');
  }
  try {
    const [read] = await post('read', { paths: [path] }, server);
    return read;
  } catch {
    return undefined;
  }
}
