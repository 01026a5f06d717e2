import {
  chooseOnlyServer,
  fillMissing,
  OUTPUT_TYPES,
  typedField,
  typedValue,
} from '../../editor/fields.js';
import { pathField, type PathUse } from '../../editor/browse/path-field.js';
import { OW_DIR_DEFAULTS } from './config.js';

/** Directories can be listed; whether something is there can be asked of anything. */
const DIR_USE: PathUse = {
  shows: ({ kind }) => kind !== 'property' || isPresence(),
  picks: ({ kind }) => kind !== 'property' || isPresence(),
  patterns: false,
  properties: false,
};

function isPresence(): boolean {
  return $('#node-input-list').val() === 'present';
}

RED.nodes.registerType('ow-dir', {
  category: '1wire',
  color: '#9fc5b8',
  defaults: {
    name: { value: OW_DIR_DEFAULTS.name },
    server: { value: OW_DIR_DEFAULTS.server, type: 'owserver-config', required: true },
    path: {
      value: OW_DIR_DEFAULTS.path,
      validate: typedValue('pathType', true),
    },
    pathType: { value: OW_DIR_DEFAULTS.pathType },
    list: { value: OW_DIR_DEFAULTS.list },
    family: {
      value: OW_DIR_DEFAULTS.family,
      validate(family: string | undefined, _option: unknown) {
        return /^([0-9a-f]{2})?$/i.test(family?.trim() ?? '') || this._('invalid.family');
      },
    },
    source: { value: OW_DIR_DEFAULTS.source },
    results: { value: OW_DIR_DEFAULTS.results },
    output: {
      value: OW_DIR_DEFAULTS.output,
      validate: typedValue('outputType'),
    },
    outputType: { value: OW_DIR_DEFAULTS.outputType },
  },
  inputs: 1,
  outputs: 1,
  icon: 'ow-dir.svg',
  paletteLabel: 'ow dir',
  label() {
    return this.name || 'ow dir';
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  oneditprepare() {
    fillMissing(this, OW_DIR_DEFAULTS);
    chooseOnlyServer(this);
    pathField(DIR_USE);
    typedField('output', OUTPUT_TYPES, 'msg');
    const showFitting = (): void => {
      const list = $('#node-input-list').val();
      $('#ow-dir-family').toggle(list === 'devices' || list === 'alarm');
      $('#ow-dir-source').toggle(list === 'devices' || list === 'entries');
      $('#ow-dir-results').toggle(list !== 'present');
    };
    $('#node-input-list').on('change', showFitting);
    showFitting();
  },
});
