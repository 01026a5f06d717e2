import { addStyle } from '../../editor/kit/dom.js';
import { fieldsOf, fillMissing } from '../../editor/fields.js';
import { OWSERVER_SETTINGS } from './config.js';
import { prepareAddress, tidyAddress } from './editor/address.js';
import { prepareChoice } from './editor/choice.js';
import css from './editor/dialog.css';
import { prepareSearch } from './editor/find-servers.js';
import { prepareFolds } from './editor/folds.js';
import { Form } from './editor/form.js';
import { prepareTest } from './editor/test-connection.js';
import { CHECKS, DIALOG } from './editor/validate.js';

const defaults = fieldsOf(OWSERVER_SETTINGS, CHECKS);

RED.nodes.registerType('owserver-config', {
  category: 'config',
  defaults,
  label() {
    if (this.name) return this.name;
    return this.simulator === true
      ? this._('label.simulated')
      : `${String(this.host)}:${String(this.port)}`;
  },
  oneditprepare() {
    addStyle('owserver-config-style', css);
    fillMissing(this, OWSERVER_SETTINGS, 'node-config-input');
    const form = new Form(DIALOG);
    form.root.dataset.node = this.id;
    prepareChoice(form);
    prepareAddress(form);
    prepareSearch(this, form);
    prepareTest(this, form);
    prepareFolds(form);
  },
  oneditsave() {
    // A field that was left with the keyboard has not told of its change.
    tidyAddress(new Form(DIALOG));
  },
});
