import {
  chooseOnlyServer,
  PATH_TYPES,
  pathLabel,
  typedField,
  wholeNumber,
} from '../shared/editor/fields.js';
import { OW_WRITE_DEFAULTS } from './config.js';

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
    value: {
      value: OW_WRITE_DEFAULTS.value,
      validate: RED.validators.typedInput({ typeField: 'valueType', allowBlank: true }),
    },
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
    typedField('path', PATH_TYPES, 'str');
    typedField('value', VALUE_TYPES, 'msg');
  },
});
