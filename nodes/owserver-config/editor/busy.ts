import { setAttribute } from '../../../editor/kit/dom.js';

/**
 * Makes a button do one thing at a time. While it works it turns, and is not disabled: that would
 * take the keyboard away from it. Returns what a click does.
 */
export function onClick(button: HTMLElement, work: () => Promise<void>): () => void {
  let busy = false;
  const show = (): void => {
    setAttribute(button, 'aria-busy', busy ? 'true' : undefined);
    button.classList.toggle('owserver-busy', busy);
  };
  const run = async (): Promise<void> => {
    busy = true;
    show();
    try {
      await work();
    } finally {
      busy = false;
      show();
    }
  };
  const begin = (): void => {
    if (!busy) void run();
  };
  button.addEventListener('click', begin);
  return begin;
}

/** May this user make Node-RED reach out to other machines? */
export function mayWrite(): boolean {
  return RED.user.hasPermission('owserver.write');
}

/** Only who may write may make Node-RED reach out to other machines; says so on a button. */
export function needsWrite(button: HTMLElement, node: EditorNode): void {
  if (mayWrite()) return;
  setAttribute(button, 'disabled', true);
  setAttribute(button, 'title', node._('dialog.permission'));
}
