import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  exactPath,
  hidesAlias,
  inOwserversWords,
  normalizePath,
  parsePath,
} from '../../../client/values/path.js';
import { MAX_PATH_BYTES } from '../../../client/protocol/index.js';
import { refuses } from './support.js';

const ID = '28.000028D70000';
const deviceId = { family: '28', id: '000028D70000' };

describe('a path, normalized', () => {
  const cases: [given: string, sent: string][] = [
    ['28.FF1122334455/temperature', '/28.FF1122334455/temperature'],
    ['//28.FF1122334455///temperature/', '/28.FF1122334455/temperature'],
    ['  /living room/temperature\n', '/living room/temperature'],
    ['/', '/'],
    ['//', '/'],
    ['a/ /b', '/a/b'],
    ['küche', '/küche'],
  ];
  for (const [given, sent] of cases) {
    it(`is ${JSON.stringify(sent)} for ${JSON.stringify(given)}`, () => {
      assert.equal(normalizePath(given), sent);
    });
  }

  it('is missing when it is nothing or blank', () => {
    for (const nothing of [undefined, null, '', ' \t\n'])
      refuses(() => normalizePath(nothing), 'noPath');
  });

  const kinds: [unknown, string][] = [
    [28, 'a number'],
    [true, 'a boolean'],
    [{}, 'an object'],
    [['/a'], 'an array'],
    [Buffer.from('/a'), 'a Buffer'],
    [() => '/a', 'a function'],
  ];
  for (const [value, kind] of kinds) {
    it(`is never ${kind}`, () => {
      assert.match(
        refuses(() => normalizePath(value), 'pathType').message,
        new RegExp(`^The path is ${kind}:`),
      );
    });
  }

  it('holds no NUL, at which owserver would cut it', () => {
    refuses(() => normalizePath('/28.FF1122334455/temperature\0x'), 'pathNul');
    refuses(() => normalizePath('\0'), 'pathNul');
  });

  it('is as long as owserver takes, counted in bytes', () => {
    assert.equal(normalizePath('a'.repeat(MAX_PATH_BYTES - 1)).length, MAX_PATH_BYTES);
    refuses(() => normalizePath('a'.repeat(MAX_PATH_BYTES)), 'pathLong');
    refuses(() => normalizePath('ü'.repeat(MAX_PATH_BYTES / 2)), 'pathLong');
  });

  it('stays as it is when normalized again', () => {
    const piece = fc.constantFrom('/', ' ', 'a', 'ü', '\t', '28.', '//', '\u00a0');
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const once = normalizePath(`x${pieces.join('')}`);
        assert.equal(normalizePath(once), once);
        assert.match(once, /^\/[^/]/);
        assert.doesNotMatch(once, /\/\/|\/$|\s$/);
      }),
    );
  });
});

describe('a path with a blank at its end', () => {
  it('keeps it, and loses it when it is normalized', () => {
    assert.equal(exactPath(' //a/b '), '/a/b ');
    assert.equal(exactPath('a/b/ '), '/a/b');
    assert.equal(normalizePath('a/b '), '/a/b');
  });
});

describe('a path of the file system', () => {
  const cases: [given: string, folder: string, instead: string][] = [
    [`/mnt/1wire/${ID}/temperature`, '/mnt/1wire', `/${ID}/temperature`],
    ['/mnt/1wire', '/mnt/1wire', '/'],
    ['mnt/1-wire/kitchen/temperature', '/mnt/1-wire', '/kitchen/temperature'],
    ['/mnt/owfs/uncached/28.*/temperature', '/mnt/owfs', '/uncached/28.*/temperature'],
    [`/run/owfs/bus.0/${ID}`, '/run/owfs', `/bus.0/${ID}`],
    [`/1wire/${ID}`, '/1wire', `/${ID}`],
    [`/data/house/ow/${ID}/PIO.A`, '/data/house/ow', `/${ID}/PIO.A`],
    [
      '/sys/bus/w1/devices/28-0000034a5a5d/temperature',
      '/sys/bus/w1/devices',
      '/28-0000034a5a5d/temperature',
    ],
  ];
  for (const [given, folder, instead] of cases) {
    it(`is none of owserver: ${given}`, () => {
      const { params } = refuses(() => normalizePath(given), 'pathMount');
      assert.deepEqual([params.folder, params.instead], [folder, instead]);
    });
  }

  for (const path of [
    '/mnt/temperature',
    '/media/temperature',
    '/owfs/temperature',
    `/bus.1/uncached/${ID}`,
    `/hub/main/${ID}`,
    `/text/hub/aux/alarm/${ID}`,
    `/bus.*/${ID}/temperature`,
    `/structure/28/${ID}`,
    `/${ID}/28.000028D70001`,
  ])
    it(`may be one of owserver's: ${path}`, () => assert.equal(normalizePath(path), path));
});

describe('a path with ids as the Linux kernel writes them', () => {
  it('has them as owserver does', () => {
    assert.equal(inOwserversWords('/28-0000034a5a5d/power'), '/28.5D5A4A030000/power');
    assert.equal(inOwserversWords('/1F-0102030405AF/main/x-y'), '/1F.AF0504030201/main/x-y');
    for (const path of ['/28-0000034a5a5/x', '/28-0000034a5a5dd', '/living-room/x', '/28/x'])
      assert.equal(inOwserversWords(path), path);
  });
});

describe('a path, taken apart', () => {
  const cases: [path: string, parts: object][] = [
    [`/${ID}/temperature`, { directory: `/${ID}`, element: ID, deviceId, property: 'temperature' }],
    [`/${ID}`, { directory: `/${ID}`, element: ID, deviceId }],
    [
      '/28000028d70000/PIO.0',
      { directory: '/28000028d70000', element: '28000028d70000', deviceId, property: 'PIO.0' },
    ],
    [
      '/living room/set_alarm/high.ALL',
      { directory: '/living room', element: 'living room', property: 'set_alarm/high.ALL' },
    ],
    [
      `/uncached/${ID}/latesttemp`,
      { directory: `/uncached/${ID}`, element: ID, deviceId, property: 'latesttemp' },
    ],
    [
      `/bus.12/uncached/${ID}`,
      { directory: `/bus.12/uncached/${ID}`, element: ID, deviceId, bus: 12 },
    ],
    [
      '/text/Unaliased/json/desk/power',
      { directory: '/text/Unaliased/json/desk', element: 'desk', property: 'power' },
    ],
    [
      `/alarm/${ID}/temphigh`,
      { directory: `/alarm/${ID}`, element: ID, deviceId, property: 'temphigh' },
    ],
    [
      `/1F.00001FE00400/main/${ID}/temperature`,
      {
        directory: `/1F.00001FE00400/main/${ID}`,
        element: ID,
        coupler: '1F.00001FE00400',
        deviceId,
        property: 'temperature',
      },
    ],
    [
      '/hub/aux/uncached/12.010012ED0400/aux/cellar/PIO.A',
      {
        directory: '/hub/aux/uncached/12.010012ED0400/aux/cellar',
        element: 'cellar',
        coupler: 'hub',
        property: 'PIO.A',
      },
    ],
    ['/hub/main', { directory: '/hub', element: 'hub', property: 'main' }],
    ['/main/power', { directory: '/main', element: 'main', property: 'power' }],
    [
      '/28.000028D70000.00/power',
      { directory: '/28.000028D70000.00', element: '28.000028D70000.00', property: 'power' },
    ],
    ['/busy/power', { directory: '/busy', element: 'busy', property: 'power' }],
    ['/28.*/temperature', { directory: '/28.*', element: '28.*', property: 'temperature' }],
  ];
  for (const [path, parts] of cases) {
    it(`has its device: ${path}`, () => {
      assert.deepEqual(parsePath(path), { path, ...parts });
    });
  }

  for (const path of [
    '/',
    '/uncached',
    '/alarm',
    '/settings/timeout/volatile',
    '/Settings/units',
    '/uncached/statistics/read/calls',
    '/system/process/pid',
    '/structure/28/temperature',
    '/simultaneous/temperature',
    '/thermostat/temperature',
    '/1F.00001FE00400/main/simultaneous/temperature',
  ]) {
    it(`has no device: ${path}`, () => {
      assert.deepEqual(parsePath(path), { path });
    });
  }

  it('keeps the bus of an adapter directory', () => {
    assert.deepEqual(parsePath('/bus.0/interface/settings/name'), {
      path: '/bus.0/interface/settings/name',
      bus: 0,
    });
  });
});

describe('a name that hides an alias', () => {
  for (const name of ['simultaneousX', 'Alarming', 'textile', 'json2', 'systems']) {
    it(`is ${name}`, () => assert.ok(hidesAlias(name)));
  }
  for (const name of ['simultaneous', 'alarm', 'bus.0', 'ala', 'setting', 'living room', ID, '']) {
    it(`is not ${JSON.stringify(name)}`, () => assert.ok(!hidesAlias(name)));
  }
});
