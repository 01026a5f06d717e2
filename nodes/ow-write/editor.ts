import { chooseOnlyServer, fieldsOf, pathLabel } from '../../editor/fields.js';
import { pathField, type PathUse } from '../../editor/browse/path-field.js';
import { OW_WRITE_SETTINGS } from './config.js';
import { fittingValue, valueField } from './editor/value-field.js';

/** Whatever can be written, and of owserver's own what its tables do not tell of. */
const WRITE_USE: PathUse = {
  shows: ({ kind, path, property }) =>
    kind !== 'property' || (property?.writable ?? /^\/(settings|simultaneous)\//.test(path)),
  picks: ({ kind }) => kind === 'property',
  patterns: true,
  properties: true,
};

const VALUE_TYPES = [
  'msg',
  'bool',
  'num',
  'str',
  'json',
  'bin',
  'flow',
  'global',
  'env',
  'jsonata',
];

const defaults = fieldsOf(OW_WRITE_SETTINGS, { value: fittingValue });

RED.nodes.registerType('ow-write', {
  category: '1wire',
  color: '#9fc5b8',
  defaults,
  inputs: 1,
  outputs: 1,
  icon: 'ow-write.svg',
  paletteLabel: 'ow write',
  label() {
    return pathLabel(this, 'ow write');
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  oneditprepare() {
    chooseOnlyServer(this);
    const value = valueField(this, VALUE_TYPES);
    pathField({ ...WRITE_USE, onProperty: (property) => value.fit(property) });
  },
});
