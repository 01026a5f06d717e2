import { chooseOnlyServer, pathLabel, wholeNumber } from '../../editor/fields.js';
import { pathField, type PathUse } from '../../editor/browse/path-field.js';
import { OW_WRITE_DEFAULTS } from './config.js';
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

RED.nodes.registerType('ow-write', {
  category: '1wire',
  color: '#9fc5b8',
  defaults: {
    name: { value: OW_WRITE_DEFAULTS.name },
    server: { value: OW_WRITE_DEFAULTS.server, type: 'owserver-config', required: true },
    path: {
      value: OW_WRITE_DEFAULTS.path,
      validate: RED.validators.typedInput({ typeField: 'pathType', allowBlank: true }),
    },
    pathType: { value: OW_WRITE_DEFAULTS.pathType },
    value: { value: OW_WRITE_DEFAULTS.value, validate: fittingValue },
    valueType: { value: OW_WRITE_DEFAULTS.valueType },
    offset: { value: OW_WRITE_DEFAULTS.offset, validate: wholeNumber(0, 100_050, true) },
  },
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
