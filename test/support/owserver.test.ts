import { strict as assert } from 'node:assert';
import { connect } from 'node:net';
import { once } from 'node:events';
import { need, verdict } from './need.js';
import { startOwserver } from './owserver.js';

describe('support: the real owserver', () => {
  need('owserver');

  it('answers as soon as it is handed over, and again after a restart on the same port', async () => {
    const owserver = await startOwserver({ args: ['--fake=10'] });
    try {
      const first = owserver.pid;
      await owserver.restart();
      assert.notEqual(owserver.pid, first);
      const socket = connect(owserver.port, '127.0.0.1');
      await once(socket, 'connect');
      socket.destroy();
    } finally {
      await owserver.stop();
    }
    await assert.rejects(once(connect(owserver.port, '127.0.0.1'), 'connect'), {
      code: 'ECONNREFUSED',
    });
  });

  it('says what owserver printed when it does not start', async () => {
    await assert.rejects(
      startOwserver({ args: ['--no_such_switch'] }),
      /unrecognized option '--no_such_switch'/,
    );
  });
});

describe('support: need', () => {
  it('runs what is there, skips what is missing, and fails it by name when all is required', () => {
    assert.equal(verdict('owserver', true, true), 'run');
    assert.equal(verdict('owserver', false, false), 'skip');
    assert.match(String(verdict('chromium', false, true)), /apt-get install chromium/);
  });
});
