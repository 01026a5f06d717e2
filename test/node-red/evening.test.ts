import assert from 'node:assert/strict';
import { need } from '../support/need.js';
import { startNodeRed, type FlowNode, type NodeRedProcess } from '../support/node-red.js';
import {
  startOwserverOnBuses,
  type EmulatedBus,
  type OwserverOnBuses,
} from '../support/bus/index.js';

const LIVING = '28.021000000000';
const DOOR = '29.026000000000';
const KEY = '01.029000000000';
const AT = { z: 'tab', x: 100, y: 100 };

/** As a new user would build it: each wish is one node of ours, with a probe where a debug node would be. */
function flows(port: number): FlowNode[] {
  const ours = (id: string, type: string, fields: object): FlowNode[] => [
    { id, type, server: 'server', once: true, ...fields, ...AT, wires: [[`${id} out`]] },
    { id: `${id} out`, type: 'test-probe', ...AT, wires: [] },
    { id: `${id} catch`, type: 'catch', scope: [id], ...AT, wires: [[`${id} error`]] },
    { id: `${id} error`, type: 'test-probe', ...AT, wires: [] },
  ];
  return [
    { id: 'tab', type: 'tab', label: 'house' },
    { id: 'server', type: 'owserver-config', host: '127.0.0.1', port },
    ...ours('thermostat', 'ow-read', {
      path: `/${LIVING}/temperature`,
      source: 'uncached',
      repeat: 0.3,
      emit: 'deadband',
      deadband: 0.5,
    }),
    ...ours('door', 'ow-dir', {
      family: '29',
      list: 'alarm',
      repeat: 0.1,
      emit: 'change',
      latch: 'reset',
      arm: true,
    }),
    ...ours('key', 'ow-dir', { list: 'present', path: `/${KEY}`, repeat: 0.2, emit: 'change' }),
  ];
}

describe('an evening in a house, with one node for each wish in a real Node-RED', () => {
  need('owserver');
  need('socat');
  let running: OwserverOnBuses;
  let bus: EmulatedBus;
  let nodeRed: NodeRedProcess;

  before(async () => {
    const devices = [{ id: LIVING, temperature: 20 }, { id: DOOR }, { id: KEY, present: false }];
    running = await startOwserverOnBuses({
      buses: [{ devices, byteMs: 0, conversionMs: 50 }],
    });
    [bus] = running.buses as [EmulatedBus];
    nodeRed = await startNodeRed({ flows: flows(running.port) });
  });
  after(async () => {
    await nodeRed.stop();
    await running.stop();
  });

  const next = async (probe: string) =>
    (await nodeRed.waitForMessage((message) => message.probe === probe, probe)).msg;

  it('the thermostat gets what it is warm, and when that changes', async () => {
    assert.equal((await next('thermostat out')).payload, 20);
    await bus.set(LIVING, { temperature: 20.25 });
    await bus.set(LIVING, { temperature: 21 });
    const { payload, topic } = await next('thermostat out');
    assert.deepEqual([payload, topic], [21, `/${LIVING}/temperature`]);
  });

  it('a door that opens for 50 ms starts a flow, once', async () => {
    const first = await next('door out');
    assert.deepEqual(first.payload, []);
    const play = await bus.play([{ at: 0, id: DOOR, pulse: 4, ms: 50 }]);
    const { payload } = await next('door out');
    const [device] = payload as { id: string; channels: number[]; state: boolean[] }[];
    assert.deepEqual([device?.id, device?.channels], [DOOR, [4]]);
    await play.finished();
  });

  it('a key that comes and goes starts a flow each time', async () => {
    assert.equal((await next('key out')).payload, false);
    await bus.plug(KEY);
    assert.equal((await next('key out')).payload, true);
    await bus.pull(KEY);
    assert.equal((await next('key out')).payload, false);
  });

  it('a lost sensor is told once, so that the heating can be turned to what is safe', async () => {
    await bus.pull(LIVING);
    const { error, topic } = await next('thermostat error');
    assert.equal((error as { code: string }).code, 'EOW_ABSENT');
    assert.equal(topic, `/${LIVING}/temperature`);
  });

  it('nothing else was told', () => {
    const errors = nodeRed.messages.filter(({ probe }) => probe.endsWith('error'));
    assert.deepEqual(
      errors.map(({ probe }) => probe),
      ['thermostat error'],
    );
    const doors = nodeRed.messages.filter(({ probe }) => probe === 'door out');
    const edges = doors.flatMap(({ msg }) =>
      (msg.payload as { channels: number[] }[]).flatMap(({ channels }) => channels),
    );
    assert.deepEqual(edges, [4]);
  });
});
