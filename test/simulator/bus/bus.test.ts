import assert from 'node:assert/strict';
import { bench, closeAll, T } from '../world.js';

const SENSOR = '/28.021000000000';
const RELAY = '/3A.025000000000';
const OCTET = '/29.026000000000';
const UNCACHED = 0x124;

describe('the simulated bus', () => {
  afterEach(closeAll);

  it('has a demo with every kind of device', async () => {
    const { list } = await bench();
    const ids = [
      '28.021000000000',
      'outside',
      '28.023000000000',
      '10.024000000000',
      '3A.025000000000',
    ];
    const more = ['29.026000000000', '1D.027000000000', '26.028000000000', '01.029000000000'];
    assert.equal(await list('/'), [...ids, ...more].map((name) => `/${name}/`).join(','));
  });

  it('lists ids in the format of the flags, and takes every format in a path', async () => {
    const { list, read } = await bench({ devices: [{ id: '28.021000000000' }] });
    const crc = await read(`${SENSOR}/crc8`);
    const spellings = [
      '28.021000000000',
      '28021000000000',
      `28.021000000000.${crc}`,
      `28.021000000000${crc}`,
    ];
    spellings.push(`28021000000000.${crc}`, `28021000000000${crc}`);
    for (const [format, spelling] of spellings.entries()) {
      assert.equal(await list('/', 0x104 | (format << 24)), `/${spelling}/`);
      assert.equal(await read(`/${spelling.toLowerCase()}/type`), 'DS18B20');
    }
    assert.equal(await read('/28.021000000000.00/type'), '-1');
  });

  it('adds the rest of the root when the flags ask for it, and keeps prefixes in listings', async () => {
    const { simulator, list } = await bench({ devices: [{ id: '01.029000000000' }] });
    const extra = 'bus.0/,/uncached/,/settings/,/system/,/statistics/,/structure/';
    assert.equal(await list('/', 0x106), `/01.029000000000/,/${extra}`);
    assert.equal(await list('/uncached'), '/uncached/01.029000000000/');
    assert.equal(await list('/bus.0'), '/bus.0/interface/,/bus.0/01.029000000000/');
    simulator.add({ id: '29.026000000000' });
    const devices = '/bus.0/interface/,/bus.0/01.029000000000/,/bus.0/29.026000000000/';
    assert.equal(await list('/bus.0'), `${devices},/bus.0/alarm/`);
    simulator.add({ id: '28.021000000000' });
    const all = `${devices},/bus.0/28.021000000000/,/bus.0/simultaneous/,/bus.0/alarm/`;
    assert.equal(await list('/bus.0'), all);
  });

  it('gives return codes for wrong paths', async () => {
    const { read, list, write } = await bench();
    assert.deepEqual(
      [await read('/nix'), await read(`${SENSOR}/nix`), await read(`/${SENSOR}/type`)],
      ['-1', '-1', '-1'],
    );
    assert.deepEqual([await read(SENSOR), await list(`${SENSOR}/type`)], ['-21', '-20']);
    assert.deepEqual(
      [(await write(SENSOR, '1'))[2], (await write(`${SENSOR}/type`, '1'))[2]],
      [-21, -95],
    );
  });

  it('describes properties as owserver does', async () => {
    const { read } = await bench();
    assert.equal(await read('/structure/28/temperature'), 't,000000,000001,ro,000012,v,');
    assert.equal(await read('/structure/29/PIO.ALL'), 'y,-000001,000008,rw,000015,s,');
    assert.equal(await read('/structure/3A/sensed.BYTE'), 'y,-000002,000002,ro,000012,v,');
    assert.equal(await read('/structure/1D/pages/page.ALL'), 'b,-000001,000016,rw,000512,v,');
  });

  it('shows temperatures in the scale of the flags, and without padding when told', async () => {
    const { read } = await bench({
      devices: [{ id: '28.021000000000', values: { temperature: 21.5 } }],
    });
    const answers: string[] = [];
    for (const flags of [0x10104, 0x20104, 0x30104, 0x144])
      answers.push(await read(`${SENSOR}/temperature`, flags));
    assert.deepEqual(answers, ['        70.7', '      294.65', '      530.37', '21.5']);
  });

  it('keeps a volatile value for 15 seconds, unless it is asked for uncached', async () => {
    let now = 1_000_000;
    const { simulator, read } = await bench({
      devices: [{ id: '28.021000000000' }],
      now: () => now,
    });
    const sensor = simulator.device('28.021000000000');
    sensor.set('temperature', 20);
    assert.equal(await read(`${SENSOR}/temperature`), '          20');
    sensor.set('temperature', 30);
    now += 14_999;
    assert.equal(await read(`${SENSOR}/temperature`), '          20');
    now += 1;
    assert.equal(await read(`${SENSOR}/temperature`), '          30');
    sensor.set('temperature', 40);
    assert.equal(await read(`${SENSOR}/temperature`, UNCACHED), '          40');
    assert.equal(await read(`/uncached${SENSOR}/temperature`), '          40');
  });

  it('shows 85 degrees until the first conversion, and when a sensor lost its supply', async () => {
    const { simulator, read } = await bench({
      devices: [{ id: '28.021000000000', values: { temperature: 20 } }],
    });
    assert.equal(await read(`${SENSOR}/latesttemp`, UNCACHED), '          85');
    simulator.device('28.021000000000').powerOn();
    assert.equal(await read(`${SENSOR}/temperature`, UNCACHED), '          85');
    assert.equal(await read(`${SENSOR}/temperature`, UNCACHED), '          20');
  });

  it('converts all at once, and has the results after the conversion time', async () => {
    let now = 1_000_000;
    const devices = [{ id: '28.021000000000', values: { temperature: 20 } }];
    const { read, write } = await bench({ devices, conversionMs: 750, now: () => now });
    assert.equal((await write('/simultaneous/temperature', '1'))[2], 0);
    now += 749;
    assert.equal(await read(`${SENSOR}/latesttemp`, UNCACHED), '          85');
    now += 1;
    assert.equal(await read(`${SENSOR}/latesttemp`, UNCACHED), '          20');
    now += 250;
    assert.equal(await read(`${SENSOR}/temperature`), '          20');
  });

  it('lists sensors beyond their limits in /alarm', async () => {
    const devices = [{ id: '28.021000000000', values: { temperature: 31, templow: 10 } }];
    const { list, read, write } = await bench({ devices });
    await write(`${SENSOR}/temphigh`, '30');
    assert.equal(await list('/alarm'), '');
    await read(`${SENSOR}/temperature`);
    assert.equal(await list('/alarm'), '/alarm/28.021000000000/');
    await write(`${SENSOR}/temphigh`, '40');
    assert.equal(await list('/alarm'), '');
  });

  it('switches: PIO reads back, sensed is its opposite, BYTE and ALL agree', async () => {
    const { read, write } = await bench();
    await write(`${RELAY}/PIO.B`, '1');
    const shown: string[] = [];
    for (const name of ['PIO.ALL', 'PIO.BYTE', 'PIO.A', 'sensed.ALL', 'sensed.BYTE']) {
      shown.push(await read(`${RELAY}/${name}`));
    }
    assert.deepEqual(shown, ['0,1', '           2', '0', '1,0', '           1']);
    await write(`${OCTET}/PIO.BYTE`, '129');
    assert.equal(await read(`${OCTET}/PIO.ALL`), '1,0,0,0,0,0,0,1');
    await write(`${OCTET}/PIO.ALL`, '0,1,1,0,0,0,0,0');
    assert.equal(await read(`${OCTET}/PIO.BYTE`), '           6');
  });

  it('latches changes of a pin until any latch is written', async () => {
    const { simulator, read, write, list } = await bench({ devices: [{ id: '29.026000000000' }] });
    await write(`${OCTET}/por`, '0');
    await write(`${OCTET}/set_alarm`, '122220000');
    simulator.device('29.026000000000').set('sensed.5', false);
    assert.equal(await read(`${OCTET}/sensed.ALL`), '1,1,1,1,1,0,1,1');
    assert.equal(await read(`${OCTET}/latch.BYTE`), '          32');
    await write(`${OCTET}/set_alarm`, '133330000');
    assert.equal(await list('/alarm'), '/alarm/29.026000000000/');
    await write(`${OCTET}/latch.0`, '0');
    assert.equal(await read(`${OCTET}/latch.BYTE`), '           0');
    assert.equal(await list('/alarm'), '');
  });

  it('reads what clients write as laxly as owserver, and refuses the same', async () => {
    const { write } = await bench();
    const rets = async (path: string, ...texts: string[]): Promise<(number | undefined)[]> => {
      const replies = [];
      for (const text of texts) replies.push((await write(path, text))[2]);
      return replies;
    };
    assert.deepEqual(
      await rets(`${RELAY}/PIO.A`, 'ON', 'nope', '2', 'true', ''),
      [0, 0, 0, -22, -14],
    );
    assert.deepEqual(await rets(`${RELAY}/PIO.ALL`, '1,0,1', '1', '1,'), [0, -22, -22]);
    assert.deepEqual(await rets(`${SENSOR}/templow`, '25,5', '12abc', 'x', ''), [0, 0, -22, -22]);
  });

  it('cuts bytes that do not fit, and says so in the size', async () => {
    const { client, write } = await bench();
    const memory = '/1D.027000000000/memory';
    assert.equal((await write(memory, 'x'.repeat(600)))[4], 512);
    const part = await client.ask(T.write, memory, { data: Buffer.from('abc'), offset: 511 });
    assert.equal(part.words[4], 1);
    const page = await client.ask(T.read, '/1D.027000000000/pages/page.15', { offset: 30 });
    assert.deepEqual([page.text, page.words[4], page.words[5]], ['xa', 2, 30]);
  });

  it('counts on, and never shows a number with more than six digits', async () => {
    let now = 0;
    const counter = { id: '1D.027000000000', values: { 'counter.A': (ms: number) => ms } };
    const { simulator, read } = await bench({
      devices: [counter, { id: '26.028000000000' }],
      now: () => now,
    });
    now = 4_000_000_123;
    assert.equal(await read('/1D.027000000000/counter.ALL'), '  4000000123,           0');
    simulator.device('26.028000000000').set('VAD', 0.00001234567);
    assert.equal(await read('/26.028000000000/VAD'), ' 1.23457E-05');
  });

  it('names devices, shows the names, and takes them back', async () => {
    const { list, read, write } = await bench({
      devices: [{ id: '28.021000000000' }, { id: '01.029000000000' }],
    });
    assert.equal((await write(`${SENSOR}/alias`, ' living room '))[4], 13);
    assert.equal(await list('/'), '/living room/,/01.029000000000/');
    assert.equal(
      await list('/unaliased'),
      '/unaliased/28.021000000000/,/unaliased/01.029000000000/',
    );
    assert.equal(await read('/living room/type'), 'DS18B20');
    assert.match(await read('/settings/alias/list'), /^28021000000000..=living room\r\n$/);
    assert.equal((await write(`${SENSOR}/alias`, 'settings'))[2], -22);
    await write(`${SENSOR}/alias`, '');
    assert.equal(await read('/settings/alias/list'), '');
  });

  it('notices a pulled device as late as owserver does', async () => {
    let now = 1_000_000;
    const { simulator, client, read, list } = await bench({
      devices: [{ id: '28.021000000000' }],
      now: () => now,
    });
    await list('/');
    simulator.device('28.021000000000').pull();
    assert.equal(await list('/'), '/28.021000000000/');
    assert.equal(await list('/', UNCACHED), '');
    assert.equal((await client.ask(T.presence, SENSOR)).words[2], 0);
    assert.equal(await read(`${SENSOR}/present`, UNCACHED), '0');
    assert.equal(await read(`${SENSOR}/temperature`, UNCACHED), '-2');
    assert.equal(await read(`${SENSOR}/temperature`, UNCACHED), '-1');
    simulator.device('28.021000000000').plug();
    now += 60_000;
    assert.equal(await list('/'), '/28.021000000000/');
    simulator.add({ id: '01.029000000000' });
    assert.equal(await list('/', UNCACHED), '/28.021000000000/,/01.029000000000/');
  });

  it('lets one conversion after another have the bus, and answers from the cache meanwhile', async () => {
    const devices = ['28.021000000000', '28.022000000000'].map((id) => ({
      id,
      values: { temperature: 20 },
    }));
    const { simulator, client, connect, read } = await bench({ devices, conversionMs: 40 });
    await read('/28.022000000000/temperature');
    const [slow, next] = [connect(), connect()];
    const order: string[] = [];
    const startedAt = performance.now();
    const uncached = { flags: UNCACHED };
    const first = slow
      .ask(T.read, `${SENSOR}/temperature`, uncached)
      .then(() => order.push('conversion'));
    await simulator.waitFor(({ flags }) => flags === UNCACHED);
    const second = next
      .ask(T.write, '/28.022000000000/templow', { data: Buffer.from('1') })
      .then(() => order.push('write'));
    const cached = client
      .ask(T.read, '/28.022000000000/temperature')
      .then(() => order.push('cached'));
    await Promise.all([first, second, cached]);
    assert.equal(order[0], 'cached');
    assert.ok(performance.now() - startedAt > 35);
  });
});
