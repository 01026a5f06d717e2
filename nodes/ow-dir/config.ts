import type { NodeConfig } from '../shared/red.js';

/** What an ow-dir node is set to; the names and defaults that flows are saved with. */
export interface OwDirConfig extends NodeConfig {
  server: string;
  path: string;
  pathType: string;
  list: 'devices' | 'entries' | 'alarm' | 'present';
  /** Two hex digits; empty is all. */
  family: string;
  source: 'cached' | 'uncached';
  results: 'array' | 'messages';
  output: string;
  outputType: string;
}

export const OW_DIR_DEFAULTS = {
  name: '',
  server: '',
  path: '/',
  pathType: 'str',
  list: 'devices',
  family: '',
  source: 'cached',
  results: 'array',
  output: 'payload',
  outputType: 'msg',
} as const satisfies Omit<OwDirConfig, 'id' | 'type'>;
