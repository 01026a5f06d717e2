import type { NodeConfig } from '../shared/red.js';

/** What an ow-write node is set to; the names and defaults that flows are saved with. */
export interface OwWriteConfig extends NodeConfig {
  server: string;
  path: string;
  pathType: string;
  value: string;
  valueType: string;
  /** Text, because the editor saves it so; empty is 0. */
  offset: string;
}

export const OW_WRITE_DEFAULTS = {
  name: '',
  server: '',
  path: '',
  pathType: 'str',
  value: 'payload',
  valueType: 'msg',
  offset: '',
} as const satisfies Omit<OwWriteConfig, 'id' | 'type'>;
