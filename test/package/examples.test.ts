import { strict as assert } from 'node:assert';
import { filesBelow, NODES, readJson } from './project.js';

/**
 * Types of a bare Node-RED that the examples may use; anything else would have to be installed
 * first.
 */
const CORE = [
  'tab',
  'group',
  'comment',
  'junction',
  'inject',
  'debug',
  'complete',
  'catch',
  'status',
  'link in',
  'link out',
  'link call',
  'function',
  'switch',
  'change',
  'range',
  'template',
  'delay',
  'trigger',
  'rbe',
  'split',
  'join',
  'sort',
  'batch',
  'csv',
  'json',
  'file',
  'http in',
  'http response',
  'mqtt in',
  'mqtt out',
  'mqtt-broker',
  'tls-config',
  'global-config',
];

interface Node {
  id: string;
  type: string;
  z?: string;
  server?: string;
  wires?: string[][];
}

const FILES = filesBelow('examples').filter((path) => path.endsWith('.json'));
const load = (path: string): Node[] => readJson(path) as Node[];

describe('the examples', () => {
  for (const path of FILES) {
    it(`${path} is a flow of nodes that a bare Node-RED and this package have`, () => {
      const nodes = load(path);
      assert.ok(Array.isArray(nodes) && nodes.length > 0);
      const unknown = nodes
        .filter(({ type }) => ![...CORE, ...NODES].includes(type))
        .map(({ type }) => type);
      assert.deepEqual(unknown, []);
    });

    it(`${path} points only at nodes of its own`, () => {
      const nodes = load(path);
      const ids = new Set(nodes.map(({ id }) => id));
      assert.equal(ids.size, nodes.length, 'an id is used twice');
      const asked = nodes.flatMap(({ z, server, wires }) => [z, server, ...(wires ?? []).flat()]);
      assert.deepEqual(
        asked.filter((id) => id !== undefined && id !== '' && !ids.has(id)),
        [],
      );
    });
  }

  it('show every node', () => {
    const shown = new Set(FILES.flatMap((path) => load(path).map(({ type }) => type)));
    assert.deepEqual(
      NODES.filter((name) => !shown.has(name)),
      [],
    );
  });
});
