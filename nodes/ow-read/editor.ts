import {
  chooseOnlyServer,
  OUTPUT_TYPES,
  PATH_TYPES,
  pathLabel,
  typedField,
  wholeNumber,
} from '../shared/editor/fields.js';
import { OW_READ_DEFAULTS } from './config.js';

RED.nodes.registerType('ow-read', {
  category: '1wire',
  color: '#9fc5b8',
  defaults: {
    name: { value: OW_READ_DEFAULTS.name },
    server: { value: OW_READ_DEFAULTS.server, type: 'owserver-config', required: true },
    path: {
      value: OW_READ_DEFAULTS.path,
      validate: RED.validators.typedInput({ typeField: 'pathType', allowBlank: true }),
    },
    pathType: { value: OW_READ_DEFAULTS.pathType },
    source: { value: OW_READ_DEFAULTS.source },
    value: { value: OW_READ_DEFAULTS.value },
    offset: { value: OW_READ_DEFAULTS.offset, validate: wholeNumber(0, 100_050, true) },
    size: { value: OW_READ_DEFAULTS.size, validate: wholeNumber(1, 100_050, true) },
    results: { value: OW_READ_DEFAULTS.results },
    output: {
      value: OW_READ_DEFAULTS.output,
      validate: RED.validators.typedInput({ typeField: 'outputType' }),
    },
    outputType: { value: OW_READ_DEFAULTS.outputType },
    por85: { value: OW_READ_DEFAULTS.por85 },
  },
  inputs: 1,
  outputs: 1,
  icon: 'ow-read.svg',
  paletteLabel: 'ow read',
  label() {
    return pathLabel(this, 'ow read');
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  oneditprepare() {
    chooseOnlyServer(this);
    typedField('path', PATH_TYPES, 'str');
    typedField('output', OUTPUT_TYPES, 'msg');
    const showPart = (): void => {
      const part = ['text', 'buffer'].includes($('#node-input-value').val());
      const kept = $('#node-input-offset').val() !== '' || $('#node-input-size').val() !== '';
      $('#ow-read-part').toggle(part || kept);
    };
    $('#node-input-value').on('change', showPart);
    showPart();
  },
});
