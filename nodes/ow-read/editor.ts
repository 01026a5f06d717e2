import {
  chooseOnlyServer,
  fillMissing,
  OUTPUT_TYPES,
  pathLabel,
  typedField,
  typedValue,
  wholeNumber,
} from '../../editor/fields.js';
import { pathField, type PathUse } from '../../editor/browse/path-field.js';
import { OW_READ_DEFAULTS } from './config.js';

/** Whatever can be read; owserver's tables do not tell it of its own settings and counters. */
const READ_USE: PathUse = {
  shows: ({ kind, property }) => kind !== 'property' || property?.readable !== false,
  picks: ({ kind }) => kind === 'property',
  patterns: true,
  properties: true,
};

RED.nodes.registerType('ow-read', {
  category: '1wire',
  color: '#9fc5b8',
  defaults: {
    name: { value: OW_READ_DEFAULTS.name },
    server: { value: OW_READ_DEFAULTS.server, type: 'owserver-config', required: true },
    path: {
      value: OW_READ_DEFAULTS.path,
      validate: typedValue('pathType', true),
    },
    pathType: { value: OW_READ_DEFAULTS.pathType },
    source: { value: OW_READ_DEFAULTS.source },
    value: { value: OW_READ_DEFAULTS.value },
    offset: { value: OW_READ_DEFAULTS.offset, validate: wholeNumber(0, 100_050, true) },
    size: { value: OW_READ_DEFAULTS.size, validate: wholeNumber(1, 100_050, true) },
    results: { value: OW_READ_DEFAULTS.results },
    output: {
      value: OW_READ_DEFAULTS.output,
      validate: typedValue('outputType'),
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
    fillMissing(this, OW_READ_DEFAULTS);
    chooseOnlyServer(this);
    pathField(READ_USE);
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
