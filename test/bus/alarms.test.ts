import assert from 'node:assert/strict';
import { alarmsObserver } from '../../client/watch/alarms.js';
import { openParts, type OpenParts } from '../client/watch/parts.js';
import { playEdges } from './edges.js';
import { onBuses } from './world.js';

const EIGHT = '29.026000000000';

describe('alarms on an emulated bus', () => {
  const world = onBuses([{ devices: [{ id: EIGHT }] }]);
  let open: OpenParts;
  before(() => {
    open = openParts({ host: '127.0.0.1', port: world.running.port });
  });
  after(() => open.close());

  for (const distanceMs of [400, 250, 200, 150, 100])
    it('tries' + distanceMs, async function () {
      this.timeout(60000);
      const observer = alarmsObserver(open.parts, { latch: 'reset', arm: true, emit: 'change' });
      await observer.look(['/'], {});
      const played = await playEdges({
        bus: world.bus,
        id: EIGHT,
        observer,
        count: 160,
        distanceMs,
        intervalMs: 50,
      });
      console.log(distanceMs, JSON.stringify(played));
    });
});
