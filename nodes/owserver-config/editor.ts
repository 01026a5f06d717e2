import { seconds, wholeNumber } from '../shared/editor/fields.js';
import { OWSERVER_DEFAULTS } from './config.js';

RED.nodes.registerType('owserver-config', {
  category: 'config',
  defaults: {
    name: { value: OWSERVER_DEFAULTS.name },
    host: {
      value: OWSERVER_DEFAULTS.host,
      validate(host: string) {
        return this.simulator === true || host.trim() !== '' || this._('invalid.host');
      },
    },
    port: { value: OWSERVER_DEFAULTS.port, validate: wholeNumber(1, 65_535) },
    simulator: { value: OWSERVER_DEFAULTS.simulator },
    connections: { value: OWSERVER_DEFAULTS.connections, validate: wholeNumber(1, 10) },
    persistent: { value: OWSERVER_DEFAULTS.persistent },
    connectTimeout: { value: OWSERVER_DEFAULTS.connectTimeout, validate: seconds },
    inactivityTimeout: { value: OWSERVER_DEFAULTS.inactivityTimeout, validate: seconds },
    requestTimeout: { value: OWSERVER_DEFAULTS.requestTimeout, validate: seconds },
    temperatureScale: { value: OWSERVER_DEFAULTS.temperatureScale },
    pressureScale: { value: OWSERVER_DEFAULTS.pressureScale },
    deviceFormat: { value: OWSERVER_DEFAULTS.deviceFormat },
    readOnly: { value: OWSERVER_DEFAULTS.readOnly },
    tls: { value: OWSERVER_DEFAULTS.tls, type: 'tls-config', required: false },
    maxQueue: { value: OWSERVER_DEFAULTS.maxQueue, validate: wholeNumber(1, 100_000) },
  },
  label() {
    if (this.name) return this.name;
    return this.simulator === true
      ? this._('label.simulated')
      : `${String(this.host)}:${String(this.port)}`;
  },
  oneditprepare() {
    const showAddress = (): void => {
      $('#owserver-config-address').toggle(
        $('#node-config-input-simulator').prop('checked') !== true,
      );
    };
    $('#node-config-input-simulator').on('change', showAddress);
    showAddress();
  },
});
