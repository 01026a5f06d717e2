import { seconds, wholeNumber, type Check } from '../../../editor/fields.js';
import type { Form } from './form.js';

/** Id of the form in the dialog. */
export const DIALOG = 'owserver-config-dialog';

const PORT = wholeNumber(1, 65_535);

const CHECKS = {
  host(this: EditorNode, value: unknown, _option: unknown): Verdict {
    return isSimulated(this) || String(value).trim() !== '' || this._('invalid.host');
  },
  port(this: EditorNode, value: string | number | undefined, option: unknown): Verdict {
    return isSimulated(this) || PORT.call(this, value, option);
  },
  connections: wholeNumber(1, 10),
  maxQueue: wholeNumber(1, 100_000),
  connectTimeout: seconds,
  inactivityTimeout: seconds,
  requestTimeout: seconds,
} satisfies Record<string, Check>;

/** The check of a field, whose sentence begins with the label of the field. */
export function check(name: keyof typeof CHECKS): Check {
  return function (value, option) {
    const problem = CHECKS[name].call(this, value, option);
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
  for (const name of Object.keys(CHECKS) as (keyof typeof CHECKS)[]) {
    const verdict = check(name).call(node, form.field(name).value, undefined);
    if (typeof verdict === 'string') return verdict;
  }
  return undefined;
}
