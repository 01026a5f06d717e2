/** The client of this package as a library, without Node-RED: what Node-RED adds is the rest. */
import { OwserverClient } from '../built.js';
import type { ReadOne } from '../measure.js';
import { CONNECTIONS } from '../settings.js';
import { serve } from './serve.js';

serve(({ port, underWay }) => {
  const client = new OwserverClient({ host: '127.0.0.1', port, connections: CONNECTIONS });
  const read: ReadOne = ({ path, text }, done) => {
    client.read(path).then(
      ({ value }) => done(value === Number(text)),
      () => done(false),
    );
  };
  return { read: Array.from({ length: underWay }, () => read), close: () => client.close() };
});
