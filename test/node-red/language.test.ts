import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { startNodeRed, type NodeRedProcess } from '../support/node-red.js';
import { flowOf, Sender } from './one-node-flow.js';

const GONE = '/28.FFFFFFFFFFFF/temperature';

/** The sentence of the German catalogue that is built. */
function inGerman(id: string, params: Record<string, string>): string {
  const file = 'dist/nodes/owserver-config/locales/de/owserver-config.json';
  const { errors } = JSON.parse(readFileSync(resolve(__dirname, '../..', file), 'utf8')) as {
    errors: Record<string, string>;
  };
  return Object.entries(params).reduce(
    (text, [name, value]) => text.replace(`__${name}__`, value),
    errors[id] ?? '',
  );
}

describe('a real Node-RED whose language is German', () => {
  let nodeRed: NodeRedProcess;
  before(async () => {
    const flows = flowOf({ type: 'ow-read', path: GONE }, { simulator: true });
    nodeRed = await startNodeRed({ flows, settings: { lang: 'de' } });
  });
  after(() => nodeRed.stop());

  it('tells an error in German', async () => {
    const { code, message } = await new Sender(nodeRed).send({});
    assert.equal(code, 'EOW_ABSENT');
    assert.equal(message, inGerman('absent', { path: GONE }));
  });

  it('says in German what is wrong with a configuration', async () => {
    const node = { type: 'ow-read', path: GONE };
    await nodeRed.deploy(flowOf(node, { host: '127.0.0.1', port: 'x' }));
    const { code, message = '' } = await new Sender({ ...nodeRed, messages: [] }).send({
      again: 1,
    });
    assert.equal(code, 'EOW_VALUE');
    assert.ok(
      nodeRed.log.some((line) => line.includes(message)),
      message,
    );
    assert.doesNotMatch(message, /The setting|whole number/);
  });
});
