import { isSwitch, type Settings, type ValueOf } from '../settings/setting.js';

/** Ties the dialog that opens to its node: checks of the node look into its fields from now on. */
export function tieDialog(node: EditorNode): void {
  const form = document.getElementById('dialog-form');
  if (form) form.dataset.owserver = node.id;
}

/** What a node holds: in its dialog while that is open, else as it is saved; the default where there is nothing. */
export function heldBy(node: EditorNode, settings: Settings): ValueOf {
  return (name) => {
    const setting = settings[name];
    const field = isOpen(node) ? $(`#node-input-${name}`) : undefined;
    if (setting && field && field.length > 0)
      return isSwitch(setting) ? field.prop('checked') : field.val();
    return node[name] ?? setting?.value;
  };
}

function isOpen({ id }: EditorNode): boolean {
  return document.getElementById('dialog-form')?.dataset.owserver === id;
}
