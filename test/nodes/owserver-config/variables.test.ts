import assert from 'node:assert/strict';
import { OwError, OwserverClient } from '../../../client/index.js';
import { publishStatus } from '../../../nodes/owserver-config/admin/publish-status.js';
import {
  isVariable,
  shownAs,
  variableName,
  withoutVariables,
} from '../../../nodes/owserver-config/variables.js';
import type { NodeAPI } from '../../../nodes/shared/red.js';
import { freePort } from '../../support/child.js';
import { loadFlow, unloadFlow } from '../flow.js';

describe('a variable of the environment', () => {
  it('is the whole of a text, as Node-RED takes it', () => {
    assert.deepEqual(['${A}', '$(A)', 'x${A}', '${A} ', '${}', 'A', 5, undefined].map(isVariable), [
      true,
      true,
      false,
      false,
      false,
      false,
      false,
      false,
    ]);
    assert.deepEqual(['${OW_HOST}', '$(OW_HOST)'].map(variableName), ['OW_HOST', 'OW_HOST']);
  });

  it('stands in sentences in place of host and port', () => {
    assert.equal(shownAs({ host: 'box', port: 4304 }), undefined);
    assert.deepEqual(shownAs({ host: '${A}', port: '${B}' }), { host: '${A}', port: '${B}' });
    assert.deepEqual(shownAs({ host: 'box', port: '$(B)' }), { port: '$(B)' });
  });

  it('stands in place of what a setting came to, and of nothing else', () => {
    const error = new OwError('connectTimeout', { host: 'box', port: 7, seconds: 3 });
    assert.equal(withoutVariables(error, { host: 'box', port: '7' }), error);
    const { message } = withoutVariables(error, { connectTimeout: '${T}', requestTimeout: '${R}' });
    assert.match(message, /^box:7 accepted no connection within \$\{T\} s/);
    const wrong = new OwError('badOption', { name: 'x', value: 7, wanted: { id: 'wanted.host' } });
    assert.equal(withoutVariables(wrong, { name: '${A}', value: '${B}' }), wrong);
  });

  describe('of a deployed server', () => {
    const saved = { ...process.env };
    afterEach(async () => {
      await unloadFlow();
      for (const name of ['OW_TEST_HOST', 'OW_TEST_PORT'])
        if (saved[name] === undefined) Reflect.deleteProperty(process.env, name);
    });

    it('is what messages, states and the editor are told', async () => {
      const port = String(await freePort());
      Object.assign(process.env, { OW_TEST_HOST: '127.0.0.1', OW_TEST_PORT: port });
      const { send, server } = await loadFlow(
        { type: 'ow-read', path: '/28.021000000000/temperature' },
        { host: '${OW_TEST_HOST}', port: '${OW_TEST_PORT}' },
      );
      const { error } = await send({});
      assert.equal(error?.code, 'EOW_CONNECT');
      assert.match(error.message, /Nothing listens on \$\{OW_TEST_HOST\}:\$\{OW_TEST_PORT\}:/);
      const { client } = server as unknown as { client: OwserverClient };
      assert.equal(client.options.port, Number(port));
      const { status } = client;
      assert.ok(status.type === 'disconnected');
      assert.ok(!JSON.stringify(status.error.params).includes(port));
    });

    it('is what is said of a wrong value', async () => {
      Object.assign(process.env, { OW_TEST_HOST: '127.0.0.1', OW_TEST_PORT: '99471' });
      const { send } = await loadFlow(
        { type: 'ow-read', path: '/28.021000000000/temperature' },
        { host: '${OW_TEST_HOST}', port: '${OW_TEST_PORT}' },
      );
      const { error } = await send({});
      assert.equal(error?.code, 'EOW_VALUE');
      assert.match(error.message, /port is \$\{OW_TEST_PORT\}: it must be/);
    });
  });

  it('is what the editors are told of a state, times included', async () => {
    const states: string[] = [];
    const RED = {
      comms: { publish: (_topic: string, state: unknown) => states.push(JSON.stringify(state)) },
    } as unknown as NodeAPI;
    const dial = (): Promise<never> =>
      Promise.reject(new OwError('connectTimeout', { host: 'box', port: 4304, seconds: 3.75 }));
    const client = new OwserverClient({ dial });
    const problem = undefined;
    publishStatus(RED, 'server', { client, problem }, { connectTimeout: '${OW_TIME}' });
    await assert.rejects(client.ping());
    client.close();
    assert.match(states.join(), /within \$\{OW_TIME\} s/);
    assert.doesNotMatch(states.join(), /3\.75/);
  });
});
