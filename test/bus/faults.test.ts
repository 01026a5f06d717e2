import assert from 'node:assert/strict';
import { FAST, onBuses } from './world.js';

const SENSOR = '28.021000000000';
const OTHER = '28.022000000000';
const RELAY = '3A.025000000000';

/** Errors that the client reports when a device does not take part. */
const FAILED = /EOW_ABSENT|EOW_RETURN/;

describe('faults on an emulated bus', () => {
  const devices = [{ id: SENSOR, temperature: 21 }, { id: OTHER, temperature: 22 }, { id: RELAY }];
  // owserver waits so many seconds for a bus master, five times.
  const world = onBuses([{ devices, ...FAST }], ['--timeout_serial=1']);
  const latest = (id: string): Promise<unknown> => world.read(`/${id}/latesttemp`);
  const fails = (asked: Promise<unknown>): Promise<void> => assert.rejects(asked, { code: FAILED });

  beforeEach(() => world.read(`/${SENSOR}/temperature`));

  it('a pulled sensor is not listed and cannot be read; plugged in it shows 85 °C', async () => {
    await world.bus.pull(SENSOR);
    assert.deepEqual(await world.list(), [OTHER, RELAY]);
    await fails(latest(SENSOR));
    assert.equal(await world.read(`/${OTHER}/temperature`), 22);
    await world.bus.plug(SENSOR);
    assert.equal((await world.bus.state(SENSOR)).latest, 85);
    assert.deepEqual(await world.list(), [SENSOR, OTHER, RELAY]);
    assert.equal(await world.read(`/${SENSOR}/temperature`), 21);
  });

  it('owserver asks again when a checksum is wrong, and gives up when all are', async () => {
    await world.bus.set(SENSOR, { crcFails: 2 });
    assert.equal(await latest(SENSOR), 21);
    await world.bus.set(SENSOR, { crcFails: Infinity });
    await fails(latest(SENSOR));
    assert.equal(await world.read(`/${OTHER}/temperature`), 22);
    await world.bus.set(SENSOR, { crcFails: 0 });
    assert.equal(await latest(SENSOR), 21);
  });

  it('owserver has a sensor convert that shows 85 °C, latesttemp or not', async () => {
    await world.bus.glitch(SENSOR);
    const before = (await world.bus.state(SENSOR)).conversions!;
    assert.equal(await latest(SENSOR), 21);
    assert.ok((await world.bus.state(SENSOR)).conversions! > before);
  });

  it('a shorted wire is an error, and heals', async () => {
    await world.bus.shorted(true);
    await assert.rejects(world.list(), { code: 'EOW_RETURN', ret: -5 });
    await fails(latest(SENSOR));
    await world.bus.shorted(false);
    assert.equal(await latest(SENSOR), 21);
    assert.equal((await world.list()).length, 3);
  });

  it('a dead bus is an error, and comes back', async () => {
    await world.bus.dead(true);
    await fails(latest(SENSOR));
    await world.bus.dead(false);
    assert.equal(await latest(SENSOR), 21);
    await world.write(`/${RELAY}/PIO.A`, true);
    assert.equal((await world.bus.state(RELAY)).outputs, 1);
  });

  it('owserver finds the bus again after a restart', async () => {
    await world.running.owserver.restart();
    assert.equal((await world.list()).length, 3);
  });

  it('what is not on the bus cannot be changed', async () => {
    await assert.rejects(world.bus.set('28.0F0F0F0F0F0F', {}), /not on this bus/);
    await assert.rejects(world.bus.state('28.0F0F0F0F0F0F'), /not on this bus/);
  });
});
