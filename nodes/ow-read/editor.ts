import type { PropertyInfo } from '../../contract/admin-api.js';
import { pathField, type PathUse } from '../../editor/browse/path-field.js';
import { fieldsOf, OUTPUT_TYPES, pathLabel, typedField } from '../../editor/fields.js';
import { find } from '../../editor/kit/dom.js';
import { WatchDialog } from '../../editor/watch/dialog.js';
import { OW_READ_SETTINGS } from './config.js';
import { rowsThatMatter } from './editor/rows.js';

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
    let about: PropertyInfo | undefined;
    const dialog = new WatchDialog(this, OW_READ_SETTINGS, (saved) => {
      for (const place of ['deadband', 'range', 'step'])
        find(document, `#ow-read-${place}-unit`).textContent = about?.unit ?? '';
      return rowsThatMatter(saved, about);
    });
    pathField({
      ...READ_USE,
      onProperty: (property) => {
        about = property;
        dialog.update();
      },
    });
    typedField('output', OUTPUT_TYPES, 'msg');
    dialog.prepareFold('ow-read-plausible');
    dialog.update();
  },
});
