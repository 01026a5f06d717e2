import type { CheckedConfig, Settings } from '../../settings/setting.js';

/** The settings of an ow-dir node. */
export const OW_DIR_SETTINGS = {
  name: { value: '' },
  server: { value: '', type: 'owserver-config', required: true },
  path: { value: '/', typeField: 'pathType', allowBlank: true },
  pathType: { value: 'str' },
  list: { value: 'devices', choices: ['devices', 'entries', 'alarm', 'present'] },
  /** Empty is all. */
  family: { value: '', matches: /^([0-9a-f]{2})?$/i },
  source: { value: 'cached', choices: ['cached', 'uncached'] },
  results: { value: 'array', choices: ['array', 'messages'] },
  output: { value: 'payload', typeField: 'outputType' },
  outputType: { value: 'msg' },
} as const satisfies Settings;

/** What an ow-dir node works with. */
export type OwDirConfig = CheckedConfig<typeof OW_DIR_SETTINGS>;
