import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from './settings.js';

type ClientModule = typeof import('../client/index.js');

/** The client as it ships, from dist/: what the nodes in Node-RED use too. */
export const { OwserverClient } = createRequire(__filename)(
  join(ROOT, 'dist', 'client', 'index.js'),
) as ClientModule;
