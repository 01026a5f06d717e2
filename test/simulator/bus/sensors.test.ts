import assert from 'node:assert/strict';
import { bench, closeAll, inTurn } from '../world.js';

const UNCACHED = 0x124;
const FAMILIES = ['10', '22', '28', '3B', '42'];

describe('simulated sensors', () => {
  afterEach(closeAll);

  for (const family of FAMILIES) {
    it(`of family ${family} measure, keep the latest and raise alarms`, async () => {
      const id = `${family}.021000000000`;
      const values = { temperature: -10.4375, templow: -20, temphigh: 50 };
      const { simulator, read, write, list } = await bench({ devices: [{ id, values }] });
      assert.equal(await read(`/${id}/latesttemp`, UNCACHED), '          85');
      assert.equal(await read(`/${id}/temperature`), '    -10.4375');
      simulator.device(id).set('temperature', 51);
      await write('/simultaneous/temperature', '1');
      assert.equal(await read(`/${id}/latesttemp`, UNCACHED), '          51');
      assert.equal(await list('/alarm'), `/alarm/${id}/`);
      assert.equal(await read(`/${id}/power`), '1');
      assert.equal(await read(`/structure/${family}/latesttemp`), 't,000000,000001,ro,000012,v,');
    });
  }

  it('answer by all names of a temperature with its bits', async () => {
    const devices = [{ id: '28.021000000000', values: { temperature: 20.0625 } }];
    const { read } = await bench({ devices });
    const names = ['temperature9', 'fasttemp', 'temperature10', 'temperature12', 'temperature'];
    const shown = await inTurn(names, (name) => read(`/28.021000000000/${name}`));
    assert.deepEqual(
      shown.map((text) => text.trim()),
      ['20', '20', '20', '20.0625', '20.0625'],
    );
  });

  it('forget the bits they were told when their settings are read, and keep those written', async () => {
    const devices = [{ id: '28.021000000000', values: { temperature: 20.0625 } }];
    const { read, write } = await bench({ devices });
    const path = '/28.021000000000';
    await read(`${path}/temperature9`, UNCACHED);
    assert.equal((await read(`${path}/latesttemp`, UNCACHED)).trim(), '20');
    assert.equal((await read(`${path}/tempres`, UNCACHED)).trim(), '12');
    await write('/simultaneous/temperature', '1');
    assert.equal((await read(`${path}/latesttemp`, UNCACHED)).trim(), '20.0625');
    await write(`${path}/tempres`, '10');
    await write('/simultaneous/temperature', '1');
    assert.equal((await read(`${path}/latesttemp`, UNCACHED)).trim(), '20');
    assert.equal((await read(`${path}/tempres`)).trim(), '10');
    assert.equal((await write(`${path}/tempres`, '13'))[2], -22);
  });

  it('cut limits to whole degrees of a byte', async () => {
    const { read, write } = await bench({ devices: [{ id: '28.021000000000' }] });
    await write('/28.021000000000/temphigh', '25.9');
    await write('/28.021000000000/templow', '-3.9');
    assert.equal((await read('/28.021000000000/temphigh')).trim(), '25');
    assert.equal((await read('/28.021000000000/templow')).trim(), '-3');
  });

  it('of family 3B are one of three chips, which owserver 3.2 does not read alike', async () => {
    const values = { temperature: 25.5, thermocouple: 100, prog_addr: 5 };
    const devices = (['DS1825', 'MAX31826', 'MAX31850'] as const).map((chip, at) => ({
      id: `3B.02${at}000000000`,
      chip,
      values,
    }));
    const { simulator, read, list } = await bench({ devices });
    const each = (name: string): Promise<string[]> =>
      inTurn(devices, async ({ id }) => (await read(`/${id}/${name}`)).trim());
    assert.deepEqual(await each('type'), ['DS1825', 'DS1825', 'DS1825']);
    assert.deepEqual(await each('prog_addr'), ['5', '5', '5']);
    assert.deepEqual(await each('temperature'), ['25.5', '-0.0625', '25.5']);
    assert.deepEqual(await each('thermocouple'), ['-22', '-22', '6.25']);
    const lists = await inTurn(devices, ({ id }) => list(`/${id}`));
    assert.deepEqual(
      ['temphigh', 'memory', 'thermocouple'].map((name) =>
        lists.map((text) => text.includes(`/${name}`)),
      ),
      [
        [true, false, false],
        [false, true, false],
        [false, false, true],
      ],
    );
    simulator.device('3B.022000000000').set('open_circuit', true);
    assert.equal(await read('/3B.022000000000/fault', UNCACHED), '1');
    assert.equal(await read('/3B.022000000000/open_circuit', UNCACHED), '1');
    assert.equal(await read('/3B.022000000000/thermocouple', UNCACHED), '-22');
  });

  it('of family 42 switch two pins, which read upside down', async () => {
    const { simulator, read, write } = await bench({ devices: [{ id: '42.021000000000' }] });
    const path = '/42.021000000000';
    await write(`${path}/PIO.A`, '1');
    simulator.device('42.021000000000').set('sensed.B', false);
    assert.equal(await read(`${path}/PIO.ALL`), '1,1');
    assert.equal(await read(`${path}/latch.ALL`), '1,0');
    assert.equal(await read(`${path}/sensed.ALL`), '0,0');
    await write(`${path}/latch.BYTE`, '0');
    assert.equal(await read(`${path}/sensed.ALL`), '1,0');
  });

  it('tell the age of their die by the serial, and can be trimmed from B7 on', async () => {
    const devices = ['28.021000000000', '28.000060000000', '28.000000A00000'].map((id) => ({ id }));
    const { read, write } = await bench({ devices });
    const dies = await inTurn(devices, ({ id }) => read(`/${id}/errata/die`));
    assert.deepEqual(dies, ['B6', 'B7', 'C2']);
    assert.equal(await read('/28.021000000000/errata/trimblanket'), '-22');
    assert.equal(await read('/28.021000000000/errata/trimvalid'), '1');
    assert.equal((await write('/28.021000000000/errata/trim', '1'))[2], -22);
    assert.equal((await write('/28.000000A00000/errata/trim', '47939'))[2], 0);
  });

  it('are refused in a sentence when they cannot be like that', async () => {
    const id = '28.021000000000';
    await assert.rejects(bench({ devices: [{ id, resolution: 8 }] }), /must be 9, 10, 11 or 12/);
    await assert.rejects(bench({ devices: [{ id, chip: 'MAX31850' }] }), /always a DS18B20/);
  });

  it('are unknown in part to an ancient owserver', async () => {
    const devices = [{ id: '28.021000000000' }];
    const { read, list } = await bench({
      devices,
      switches: { noLatesttemp: true, noStructure: true },
    });
    assert.equal(await read('/28.021000000000/latesttemp'), '-1');
    assert.doesNotMatch(await list('/28.021000000000'), /latesttemp/);
    assert.deepEqual([await read('/structure/28/type'), await list('/structure')], ['-1', '-1']);
    assert.doesNotMatch(await list('/', 0x106), /structure/);
    const newer = await bench({ devices, switches: { noLatesttemp: true } });
    assert.equal(await newer.read('/structure/28/latesttemp'), '-1');
    assert.equal(await newer.read('/structure/28/temperature'), 't,000000,000001,ro,000012,v,');
  });
});
