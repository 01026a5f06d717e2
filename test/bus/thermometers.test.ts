import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { EmulatedBus } from '../support/bus/index.js';
import { FAST, onBuses, SIMULTANEOUS } from './world.js';

const SENSORS = {
  DS18S20: '10.021000000000',
  DS1822: '22.021000000000',
  DS18B20: '28.021000000000',
  DS1825: '3B.021000000000',
  DS28EA00: '42.021000000000',
} as const;
const IDS = Object.values(SENSORS);
const THERMOCOUPLE = '3B.031000000000';
const WITH_MEMORY = '3B.041000000000';

describe('thermometers on an emulated bus', () => {
  describe('without time', () => {
    const devices = [
      ...IDS.map((id) => ({ id })),
      { id: THERMOCOUPLE, model: 'MAX31850' as const, temperature: 23.5 },
      { id: WITH_MEMORY, model: 'MAX31826' as const, temperature: 24.5 },
    ];
    const world = onBuses([{ devices, ...FAST }]);

    for (const [type, id] of Object.entries(SENSORS)) {
      it(`${type}: owserver reads every temperature that it has`, async () => {
        for (const temperature of [21.5, -0.0625, -55, 125, 84.9375, 0]) {
          await world.bus.set(id, { temperature });
          assert.equal(await world.read(`/${id}/temperature`), shownBy(temperature));
        }
      });

      it(`${type}: owserver reads and writes its limits, and whether it has a supply`, async () => {
        await world.write(`/${id}/templow`, -12);
        await world.write(`/${id}/temphigh`, 33);
        assert.equal(await world.read(`/${id}/templow`), -12);
        assert.equal(await world.read(`/${id}/temphigh`), 33);
        assert.equal(await world.read(`/${id}/power`), true);
      });

      it(`${type}: is in alarm after a conversion at a limit or beyond it`, async () => {
        await world.write(`/${id}/templow`, 10);
        await world.write(`/${id}/temphigh`, 30);
        for (const [temperature, alarm] of [
          [30, true],
          [29.9375, false],
          [10, true],
          [11, false],
        ] as const) {
          await world.bus.set(id, { temperature });
          await world.read(`/${id}/temperature`);
          const alarms = (await world.client.alarm()).map((device) => device.id);
          assert.equal(alarms.includes(id), alarm, `${temperature} °C`);
        }
      });
    }

    it('shows the bits of the resolution that is asked for, and keeps it', async () => {
      const id = SENSORS.DS18B20;
      await world.bus.set(id, { temperature: 21.9375 });
      for (const [resolution, shown] of [
        [9, 21.5],
        [10, 21.75],
        [11, 21.875],
        [12, 21.9375],
      ] as const) {
        assert.equal(await world.read(`/${id}/temperature${resolution}`), shown);
        assert.equal((await world.bus.state(id)).resolution, resolution);
      }
    });

    it('shows the power-on value until a conversion, and limits from its EEPROM', async () => {
      const id = SENSORS.DS1822;
      await world.write(`/${id}/temphigh`, 40);
      await world.bus.glitch(id);
      assert.equal((await world.bus.state(id)).latest, 85);
      assert.equal(await world.read(`/${id}/temphigh`), 40);
    });

    it('MAX31850: has the temperature of the chip', async () => {
      assert.equal(await world.read(`/${THERMOCOUPLE}/temperature`), 23.5);
      assert.equal(await world.read(`/${THERMOCOUPLE}/latesttemp`), 23.5);
    });

    it('MAX31826: converts, whatever owserver 3.2p4 makes of its reserved bytes', async () => {
      await world.read(`/${WITH_MEMORY}/temperature`);
      assert.equal((await world.bus.state(WITH_MEMORY)).latest, 24.5);
    });

    it('DS28EA00: owserver switches its outputs and senses its pins', async () => {
      const id = SENSORS.DS28EA00;
      await world.write(`/${id}/PIO.B`, true);
      assert.equal((await world.bus.state(id)).outputs, 2);
      await world.bus.set(id, { inputs: 0 });
      assert.deepEqual(await world.read(`/${id}/sensed.ALL`), [false, false]);
    });
  });

  describe('with the time that a conversion takes', () => {
    const world = onBuses([{ devices: IDS.map((id) => ({ id })) }]);

    it('owserver waits for the end of a conversion', async () => {
      await world.bus.set(SENSORS.DS18B20, { temperature: 17.25 });
      const start = performance.now();
      assert.equal(await world.read(`/${SENSORS.DS18B20}/temperature`), 17.25);
      assert.ok(performance.now() - start >= 750);
    });

    it('all convert at once, and show what they had when they began', async () => {
      const before = await world.bus.states();
      for (const round of [1, 2]) {
        const has = (n: number): number => round * 10 + n;
        const now = IDS.map((id, n) => [id, { temperature: has(n) }] as const);
        await world.bus.setAll(Object.fromEntries(now));
        await world.write(SIMULTANEOUS, true);
        const later = IDS.map((id) => [id, { temperature: 99 }] as const);
        await world.bus.setAll(Object.fromEntries(later));
        await settled(world.bus);
        for (const [n, id] of IDS.entries()) {
          assert.equal(await world.read(`/${id}/latesttemp`), has(n));
          const { conversions } = await world.bus.state(id);
          assert.equal(conversions, before[id]!.conversions! + round, id);
        }
      }
      assert.equal((await world.bus.traffic()).broadcasts, 2);
    });
  });

  describe('during a conversion that takes a minute', () => {
    const relay = '3A.025000000000';
    const devices = [{ id: SENSORS.DS18B20 }, { id: SENSORS.DS18S20 }, { id: relay }];
    const world = onBuses([{ devices, byteMs: 0, conversionMs: 60_000 }]);

    it('the bus is free for others', async () => {
      await world.write(SIMULTANEOUS, true);
      await world.write(`/${relay}/PIO.A`, true);
      const states = await world.bus.states();
      assert.equal(states[relay]!.outputs, 1);
      assert.equal(states[SENSORS.DS18B20]!.converting, true);
      assert.equal((await world.list()).length, 3);
    });

    it('a loss of power ends it: the power-on value stays', async () => {
      await world.bus.glitch(SENSORS.DS18B20);
      const state = await world.bus.state(SENSORS.DS18B20);
      assert.deepEqual([state.converting, state.latest], [false, 85]);
    });
  });

  describe('without a supply of their own', () => {
    const powered = '28.022000000000';
    const devices = [{ id: SENSORS.DS18B20, parasite: true, temperature: 19 }, { id: powered }];
    const world = onBuses([{ devices, byteMs: 0 }]);

    it('owserver sees it, and feeds them over the bus while they convert', async () => {
      assert.equal(await world.read(`/${SENSORS.DS18B20}/power`), false);
      const start = performance.now();
      assert.equal(await world.read(`/${SENSORS.DS18B20}/temperature`), 19);
      assert.ok(performance.now() - start >= 750);
    });

    it('they fall back to the power-on value when the bus is used meanwhile', async () => {
      await world.write(SIMULTANEOUS, true);
      await world.read(`/${powered}/power`);
      assert.equal((await world.bus.state(SENSORS.DS18B20)).latest, 85);
      await settled(world.bus);
      assert.equal(await world.read(`/${powered}/latesttemp`), 20);
    });
  });
});

/** owserver sends six digits. */
function shownBy(temperature: number): number {
  return Number(temperature.toPrecision(6));
}

/** Resolves when nobody converts any more. */
async function settled(bus: EmulatedBus): Promise<void> {
  while (Object.values(await bus.states()).some(({ converting }) => converting)) await delay(10);
}
