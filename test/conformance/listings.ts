import assert from 'node:assert/strict';
import { OwError } from '../../client/index.js';
import type { Suite } from './conformance.test.js';
import { DEVICES } from './world.js';

const TYPES: Readonly<Record<string, string>> = {
  '28': 'DS18B20',
  '29': 'DS2408',
  '1D': 'DS2423',
  '26': 'DS2438',
  '3A': 'DS2413',
  '01': 'DS2401',
};

/** What is found where. */
export function listingPromises({ world, client }: Suite): void {
  it('lists the devices with id, family and type', async () => {
    const devices = await client().devices();
    const expected = Object.values(DEVICES).map((id) => {
      const family = id.slice(0, 2);
      return { path: `/${id}`, id, family, type: TYPES[family] };
    });
    assert.deepEqual(byPath(devices), byPath(expected));
  });

  it('lists one family only', async () => {
    const devices = await client().devices('/', { family: '1d' });
    assert.deepEqual(
      devices.map(({ id }) => id),
      [DEVICES.counter],
    );
  });

  it('lists the bus by its number, and asks the bus when told to', async () => {
    const { bus = 0 } = world;
    const [device] = await client().devices(`/bus.${bus}`, { family: '28', source: 'uncached' });
    assert.deepEqual([device?.path, device?.bus], [`/bus.${bus}/${DEVICES.thermometer}`, bus]);
    const again = await client().devices('/', { source: 'uncached' });
    assert.equal(again.length, Object.keys(DEVICES).length);
    assert.ok(again.every(({ path }) => !path.includes('uncached')));
  });

  it('writes ids in the format that was set, and takes any format in a path', async () => {
    for (const deviceFormat of ['f.i', 'fi', 'f.i.c', 'f.ic', 'fi.c', 'fic'] as const) {
      const other = client({ deviceFormat });
      const [device] = await other.devices('/', { family: '28' });
      assert.ok(device);
      const { id, value } = await other.read(`${device.path}/family`, { value: 'text' });
      assert.deepEqual([value, id, device.path], ['28', device.id, `/${device.id}`]);
    }
  });

  it('tells the entries of a directory one by one, the same as at once', async () => {
    for (const path of ['/', '/bus.0', `/${DEVICES.switch8}`, '/structure/28', '/settings']) {
      const told: string[] = [];
      for await (const entry of client().entries(path)) told.push(entry);
      assert.deepEqual(told.sort(), (await client().dir(path)).sort(), path);
    }
    const top: string[] = [];
    for await (const entry of client().entries('/', { busReturn: true })) top.push(entry);
    assert.ok(top.includes('/bus.0') && top.includes('/settings'), top.join());
    const wrong = client().entries(`/${DEVICES.switch8}/type`).next();
    await assert.rejects(wrong, { code: 'EOW_RETURN', ret: -20 });
  });

  it('ends the telling where the loop is left, and goes on', async () => {
    for await (const entry of client().entries('/structure')) {
      assert.match(entry, /^\/structure\//);
      break;
    }
    assert.ok((await client().devices()).length > 0);
    assert.equal(client().status.type, 'connected');
  });

  it('lists the properties of a device, and the pseudo-directories at the top', async () => {
    const properties = await client().dir(`/${DEVICES.switch8}`);
    for (const property of ['PIO.ALL', 'PIO.BYTE', 'PIO.7', 'sensed.0', 'type']) {
      assert.ok(properties.includes(`/${DEVICES.switch8}/${property}`), property);
    }
    const top = await client().dir('/', { busReturn: true });
    for (const path of ['/bus.0', '/settings', '/structure', '/alarm'])
      assert.ok(top.includes(path), path);
    assert.ok(!(await client().dir('/')).includes('/settings'));
  });

  it('says that a property is no directory', async () => {
    await assert.rejects(client().dir(`/${DEVICES.relay}/PIO.A`), (error: OwError) => {
      assert.deepEqual([error.code, error.ret], ['EOW_RETURN', -20]);
      return error.message.includes('read it instead');
    });
  });

  it('says that a directory is not there', async () => {
    await assert.rejects(client().dir('/28.0F0F0F0F0F0F'), { code: 'EOW_ABSENT', ret: -1 });
  });

  it('lists alarms as an array of devices', async () => {
    for (const { path, id } of await client().alarm()) assert.equal(path, `/${id}`);
  });

  it('tells what is present', async () => {
    const present = (path: string): Promise<boolean> => client().present(path);
    assert.equal(await present(`/${DEVICES.key}`), true);
    assert.equal(await present('/01.0F0F0F0F0F0F'), false);
    assert.equal(await present(`/${DEVICES.thermometer}/temperature`), true);
    assert.equal(await present(`/${DEVICES.thermometer}/nothing`), false);
    assert.equal(await present('/settings/timeout'), true);
    assert.equal(await present('/'), true);
  });
}

/** The same list in the order of its paths. */
export function byPath<T extends { path: string }>(list: readonly T[]): T[] {
  return [...list].sort((a, b) => a.path.localeCompare(b.path));
}
