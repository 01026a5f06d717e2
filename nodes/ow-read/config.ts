import { noDeadband, pathOfMessage, rangeReversed } from '../../settings/clashes.js';
import type { CheckedConfig, Settings } from '../../settings/setting.js';

/** The settings of an ow-read node. */
export const OW_READ_SETTINGS = {
  name: { value: '' },
  server: { value: '', type: 'owserver-config', required: true },
  path: { value: '', typeField: 'pathType', allowBlank: true, clash: pathOfMessage },
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
  /** Seconds; empty is off. The timers of Node.js hold no more. */
  repeat: { value: '', number: { least: 0.1, most: 2_147_483 } },
  /** Also when the node starts. */
  once: { value: false },
  emit: { value: 'always', choices: ['always', 'change', 'deadband'] },
  deadband: { value: '', number: { above: 0 }, clash: noDeadband },
  /** Empty is all that there are. */
  decimals: { value: '', from: 0, to: 6 },
  rangeMin: { value: '', number: {}, clash: rangeReversed },
  rangeMax: { value: '', number: {} },
  /** From one reading to the next. */
  maxStep: { value: '', number: { above: 0 } },
  implausible: { value: 'error', choices: ['error', 'flag'] },
  missing: { value: 'report', choices: ['report', 'ignore'] },
} as const satisfies Settings;

/** What an ow-read node works with. */
export type OwReadConfig = CheckedConfig<typeof OW_READ_SETTINGS>;
