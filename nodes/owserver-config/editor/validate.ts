import { checkOf, type Check } from '../../../editor/fields.js';
import { OWSERVER_SETTINGS } from '../config.js';
import { FIELDS, type FieldName, type Form } from './form.js';

/** Id of the form in the dialog. */
export const DIALOG = 'owserver-config-dialog';

/** What the simulated bus does not use. */
const ADDRESS: readonly string[] = ['host', 'port'];

/** The checks of the fields that can be wrong, whose sentences begin with the label of the field. */
export const CHECKS = labelledChecks();

function labelledChecks(): Partial<Record<FieldName, Check>> {
  const checks: Partial<Record<FieldName, Check>> = {};
  for (const name of FIELDS) {
    const check = checkOf(name, OWSERVER_SETTINGS[name]);
    if (check) checks[name] = labelled(name, check);
  }
  return checks;
}

function labelled(name: string, check: Check): Check {
  return function (value, option) {
    if (ADDRESS.includes(name) && isSimulated(this)) return true;
    const problem = check.call(this, value, option);
    if (typeof problem !== 'string') return problem;
    return this._('test.field', { field: this._(`dialog.${name}`), problem });
  };
}

/** Is the simulated bus chosen: in the dialog, while it is open for this node? */
function isSimulated(node: EditorNode): boolean {
  const dialog = document.getElementById(DIALOG);
  if (dialog?.dataset.node !== node.id) return node.simulator === true;
  return $('#node-config-input-simulator').prop('checked') === true;
}

/** The first thing that is wrong with the values in the dialog. */
export function firstProblem(node: EditorNode, form: Form): string | undefined {
  for (const name of FIELDS) {
    const verdict = CHECKS[name]?.call(node, form.field(name).value, undefined);
    if (typeof verdict === 'string') return verdict;
  }
  return undefined;
}
