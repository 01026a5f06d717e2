import assert from 'node:assert/strict';
import { answer, startFakeOwserver, type FakeOwserver } from '../../support/fake-owserver.js';
import { loadFlow, unloadFlow } from '../flow.js';

const PATHS = ['/28.021000000000/temphigh', '/28.022000000000/temphigh'];

/** How long the server is ill in one way before it is so in the other, in milliseconds. */
const PHASE_MS = 300;
const PHASES = 8;

describe('an ow-read node that reads by itself, of a server that is ill in turns', () => {
  let server: FakeOwserver;
  let phases: Set<number>;
  beforeEach(async () => {
    phases = new Set();
    server = await startFakeOwserver((request) => {
      if (!PATHS.includes(request.path)) {
        answer(request);
        return;
      }
      const phase = Math.floor(performance.now() / PHASE_MS);
      phases.add(phase);
      if (phase % 2 === 0) request.connection.reset();
    });
  });
  afterEach(async () => {
    await unloadFlow();
    await server.close();
  });

  const fields = { type: 'ow-read', source: 'uncached', repeat: '0.1' };
  const ways = [
    { what: 'one path', path: PATHS[0], pathType: 'str' },
    { what: 'several', path: JSON.stringify(PATHS), pathType: 'json' },
  ];
  for (const { what, ...path } of ways) {
    it(`tells so once, and not at each change of how it is: ${what}`, async () => {
      const { caught } = await loadFlow(
        { ...fields, ...path },
        { host: '127.0.0.1', port: String(server.port), requestTimeout: '0.1' },
      );
      await server.until(() => phases.size >= PHASES);
      const codes = caught.all.map(({ error }) => (error as { code: string }).code);
      assert.ok(codes.length >= 1 && codes.length <= 2, codes.join(', '));
    });
  }
});
