import type { CheckedConfig, Settings } from '../../settings/setting.js';

/** The settings of an ow-read node. */
export const OW_READ_SETTINGS = {
  name: { value: '' },
  server: { value: '', type: 'owserver-config', required: true },
  path: { value: '', typeField: 'pathType', allowBlank: true },
  pathType: { value: 'str' },
  source: { value: 'cached', choices: ['cached', 'uncached', 'convert'] },
  value: { value: 'auto', choices: ['auto', 'text', 'buffer'] },
  offset: { value: '', from: 0, to: 100_050 },
  /** Empty is all. */
  size: { value: '', from: 1, to: 100_050 },
  results: { value: 'object', choices: ['object', 'array', 'messages'] },
  output: { value: 'payload', typeField: 'outputType' },
  outputType: { value: 'msg' },
  por85: { value: 'reread', choices: ['reread', 'pass', 'error'] },
} as const satisfies Settings;

/** What an ow-read node works with. */
export type OwReadConfig = CheckedConfig<typeof OW_READ_SETTINGS>;
