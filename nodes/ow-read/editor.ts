import {
  chooseOnlyServer,
  fieldsOf,
  fillMissing,
  OUTPUT_TYPES,
  pathLabel,
  typedField,
} from '../../editor/fields.js';
import { pathField, type PathUse } from '../../editor/browse/path-field.js';
import { OW_READ_SETTINGS } from './config.js';

/** Whatever can be read; owserver's tables do not tell it of its own settings and counters. */
const READ_USE: PathUse = {
  shows: ({ kind, property }) => kind !== 'property' || property?.readable !== false,
  picks: ({ kind }) => kind === 'property',
  patterns: true,
  properties: true,
};

const defaults = fieldsOf(OW_READ_SETTINGS);

RED.nodes.registerType('ow-read', {
  category: '1wire',
  color: '#9fc5b8',
  defaults,
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
    fillMissing(this, OW_READ_SETTINGS);
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
