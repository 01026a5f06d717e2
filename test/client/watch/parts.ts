import { resolveOptions, type OwserverOptions } from '../../../client/options.js';
import { Pool } from '../../../client/transport/pool.js';
import { wire, type Parts } from '../../../client/wiring.js';

/** The parts of a client, and how to end it. */
export interface OpenParts {
  readonly parts: Parts;
  readonly close: () => void;
}

/** What a client is made of, without the client. */
export function openParts(options: OwserverOptions): OpenParts {
  const resolved = resolveOptions(options);
  const quiet = (): void => undefined;
  const pool = new Pool(resolved, {
    onDial: quiet,
    onUp: quiet,
    onDown: () => forget('connectionLost'),
    onGivenUp: quiet,
  });
  const { parts, forget } = wire(pool, resolved);
  return { parts, close: () => pool.close() };
}
