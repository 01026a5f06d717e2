import assert from 'node:assert/strict';
import owRead = require('../../../nodes/ow-read/ow-read.js');
import owserverConfig = require('../../../nodes/owserver-config/owserver-config.js');
import type { NodeAPI } from '../../../nodes/shared/red.js';
import { startSimulator } from '../../../simulator/index.js';
import { helper } from '../../support/test-helper.js';

const GONE = '28.021000000000';

/** A node module whose texts are their parameters. */
const showingParameters = (load: (RED: NodeAPI) => void) => (RED: NodeAPI) =>
  load(
    Object.create(RED, {
      _: { value: (_key: string, params: object = {}) => Object.values(params).join(' ') },
    }) as NodeAPI,
  );

describe('the name of a lost device below an ow-read node', () => {
  it('is cut where it is longer than what can be read there', async () => {
    const alias = 'a name of a hundred characters '.padEnd(100, '.');
    const devices = [{ id: GONE, alias }, { id: '28.022000000000' }];
    const simulator = await startSimulator({ conversionMs: 0, devices });
    try {
      await helper.load([owserverConfig, owRead].map(showingParameters), [
        { id: 'tab', type: 'tab', label: 'test' },
        { id: 'server', type: 'owserver-config', host: '127.0.0.1', port: String(simulator.port) },
        {
          id: 'node',
          type: 'ow-read',
          z: 'tab',
          server: 'server',
          path: '/28.*/temperature',
          source: 'uncached',
          repeat: '0.3',
          wires: [[]],
        },
      ]);
      const node = helper.getNode('node');
      const shown = (fits: (text: string) => boolean): string | undefined =>
        node.status.args.map(([{ text = '' }]) => text).find(fits);
      const shows = async (fits: (text: string) => boolean): Promise<string> => {
        for (;;) {
          const text = shown(fits);
          if (text !== undefined) return text;
          await new Promise<void>((resolve) => node.on('call:status', () => resolve()));
        }
      };
      await shows((text) => text === '2 2');
      simulator.device(GONE).pull();
      assert.equal(await shows((text) => text.includes('a name')), 'a name of a hundred… 1');
    } finally {
      await helper.unload();
      await simulator.close();
    }
  });
});
