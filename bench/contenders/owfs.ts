/** The `owfs` client of npm, which opens a connection for each reading. */
import { createRequire } from 'node:module';
import type { ReadOne } from '../measure.js';
import { serve } from './serve.js';

interface OwfsClient {
  read: (path: string, callback: (error: Error | null, value: string | null) => void) => void;
}
type OwfsModule = Record<'Client', new (host: string, port: number) => OwfsClient>;

const { Client } = createRequire(__filename)('owfs') as OwfsModule;

serve(({ port, underWay }) => {
  const client = new Client('127.0.0.1', port);
  const read: ReadOne = ({ path, text }, done) =>
    client.read(path, (error, value) => done(!error && value === text.trim()));
  return { read: Array.from({ length: underWay }, () => read), close: () => undefined };
});
