import type { NodeConfig } from '../shared/red.js';

/** What an ow-read node is set to; the names and defaults that flows are saved with. */
export interface OwReadConfig extends NodeConfig {
  server: string;
  path: string;
  pathType: string;
  source: 'cached' | 'uncached' | 'convert';
  value: 'auto' | 'text' | 'buffer';
  /** Text, because the editor saves it so; empty is 0. */
  offset: string;
  /** Empty is all. */
  size: string;
  results: 'object' | 'array' | 'messages';
  output: string;
  outputType: string;
  por85: 'reread' | 'pass' | 'error';
}

export const OW_READ_DEFAULTS = {
  name: '',
  server: '',
  path: '',
  pathType: 'str',
  source: 'cached',
  value: 'auto',
  offset: '',
  size: '',
  results: 'object',
  output: 'payload',
  outputType: 'msg',
  por85: 'reread',
} as const satisfies Omit<OwReadConfig, 'id' | 'type'>;
