import { pathOfMessage } from '../../settings/clashes.js';
import type { CheckedConfig, Settings } from '../../settings/setting.js';

/** The settings of an ow-dir node. */
export const OW_DIR_SETTINGS = {
  name: { value: '' },
  server: { value: '', type: 'owserver-config', required: true },
  path: { value: '/', typeField: 'pathType', allowBlank: true, clash: pathOfMessage },
  pathType: { value: 'str' },
  list: { value: 'devices', choices: ['devices', 'entries', 'tree', 'alarm', 'present'] },
  /** Of a tree: how many levels. */
  depth: { value: 2, from: 1, to: 10 },
  /** Empty is all. */
  family: { value: '', matches: /^([0-9a-f]{2})?$/i },
  source: { value: 'cached', choices: ['cached', 'uncached'] },
  results: { value: 'array', choices: ['array', 'messages'] },
  output: { value: 'payload', typeField: 'outputType' },
  outputType: { value: 'msg' },
  /** Seconds; empty is off. The timers of Node.js hold no more. */
  repeat: { value: '', number: { least: 0.1, most: 2_147_483 } },
  /** Also when the node starts. */
  once: { value: false },
  emit: { value: 'always', choices: ['always', 'change'] },
  /** Listings in a row that a device must be missing from, to be gone. */
  misses: { value: 2, from: 1, to: 100 },
  /** What becomes of the latches of a chip in alarm, once it was reported. */
  latch: { value: 'keep', choices: ['keep', 'reset'] },
  /** Sets up chips for the alarm search when the node starts. */
  arm: { value: false },
} as const satisfies Settings;

/** What an ow-dir node works with. */
export type OwDirConfig = CheckedConfig<typeof OW_DIR_SETTINGS>;
