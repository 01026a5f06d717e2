import type { CheckedConfig, Settings } from '../../settings/setting.js';

/** The settings of an ow-write node. */
export const OW_WRITE_SETTINGS = {
  name: { value: '' },
  server: { value: '', type: 'owserver-config', required: true },
  path: { value: '', typeField: 'pathType', allowBlank: true },
  pathType: { value: 'str' },
  value: { value: 'payload', typeField: 'valueType', allowBlank: true },
  valueType: { value: 'msg' },
  offset: { value: '', from: 0, to: 100_050 },
} as const satisfies Settings;

/** What an ow-write node works with. */
export type OwWriteConfig = CheckedConfig<typeof OW_WRITE_SETTINGS>;
