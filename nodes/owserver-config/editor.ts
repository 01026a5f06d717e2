import { addStyle } from '../../editor/kit/dom.js';
import { fillMissing } from '../../editor/fields.js';
import { OWSERVER_DEFAULTS } from './config.js';
import { prepareChoice } from './editor/choice.js';
import css from './editor/dialog.css';
import { prepareSearch } from './editor/find-servers.js';
import { prepareFolds } from './editor/folds.js';
import { Form } from './editor/form.js';
import { prepareTest } from './editor/test-connection.js';
import { check, DIALOG } from './editor/validate.js';

RED.nodes.registerType('owserver-config', {
  category: 'config',
  defaults: {
    name: { value: OWSERVER_DEFAULTS.name },
    host: { value: OWSERVER_DEFAULTS.host, validate: check('host') },
    port: { value: OWSERVER_DEFAULTS.port, validate: check('port') },
    simulator: { value: OWSERVER_DEFAULTS.simulator },
    connections: { value: OWSERVER_DEFAULTS.connections, validate: check('connections') },
    persistent: { value: OWSERVER_DEFAULTS.persistent },
    connectTimeout: { value: OWSERVER_DEFAULTS.connectTimeout, validate: check('connectTimeout') },
    inactivityTimeout: {
      value: OWSERVER_DEFAULTS.inactivityTimeout,
      validate: check('inactivityTimeout'),
    },
    requestTimeout: { value: OWSERVER_DEFAULTS.requestTimeout, validate: check('requestTimeout') },
    temperatureScale: { value: OWSERVER_DEFAULTS.temperatureScale },
    pressureScale: { value: OWSERVER_DEFAULTS.pressureScale },
    deviceFormat: { value: OWSERVER_DEFAULTS.deviceFormat },
    readOnly: { value: OWSERVER_DEFAULTS.readOnly },
    tls: { value: OWSERVER_DEFAULTS.tls, type: 'tls-config', required: false },
    maxQueue: { value: OWSERVER_DEFAULTS.maxQueue, validate: check('maxQueue') },
  },
  label() {
    if (this.name) return this.name;
    return this.simulator === true
      ? this._('label.simulated')
      : `${String(this.host)}:${String(this.port)}`;
  },
  oneditprepare() {
    addStyle('owserver-config-style', css);
    fillMissing(this, OWSERVER_DEFAULTS, 'node-config-input');
    const form = new Form(DIALOG);
    form.root.dataset.node = this.id;
    prepareChoice(form);
    prepareSearch(this, form);
    prepareTest(this, form);
    prepareFolds(form);
  },
});
