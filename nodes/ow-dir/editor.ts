import { fieldsOf, OUTPUT_TYPES, typedField } from '../../editor/fields.js';
import { pathField, type PathUse } from '../../editor/browse/path-field.js';
import { WatchDialog } from '../../editor/watch/dialog.js';
import { OW_DIR_SETTINGS } from './config.js';
import { rowsThatMatter } from './editor/rows.js';

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

const defaults = fieldsOf(OW_DIR_SETTINGS);

RED.nodes.registerType('ow-dir', {
  category: '1wire',
  color: '#9fc5b8',
  defaults,
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
    const dialog = new WatchDialog(this, OW_DIR_SETTINGS, rowsThatMatter);
    pathField(DIR_USE);
    typedField('output', OUTPUT_TYPES, 'msg');
    dialog.update();
  },
});
