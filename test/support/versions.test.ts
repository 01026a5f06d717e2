import { strict as assert } from 'node:assert';
import { runsNodeRed5, VERSIONS } from './versions.js';

describe('support: versions of Node-RED', () => {
  it('lets this Node.js run Node-RED 5 from 22.9 on', () => {
    const versions = ['20.20.2', '22.8.0', '22.9.0', '22.23.3', '24.0.0'];
    assert.deepEqual(versions.map(runsNodeRed5), [false, false, true, true, true]);
  });

  it('says of each how to get it', () => {
    assert.ok(VERSIONS.length > 0);
    for (const { name, install } of VERSIONS) {
      assert.match(name, /^Node-RED \d+$/);
      assert.match(install, /^npm ci/);
    }
  });
});
