import assert from 'node:assert/strict';
import { OwError, type Device } from '../../../client/index.js';
import type { Part } from '../../../client/watch/by-bus.js';
import { DeviceLedger, type DeviceChanges } from '../../../client/watch/device-changes.js';

const device = (id: string, path = `/${id}`): Device => ({ path, id, family: id.slice(0, 2) });
const A = device('01.0A0000000000');
const B = device('01.0B0000000000');
const top = (...listed: Device[]): Part[] => [{ place: '/', listed }];
const ids = (devices: readonly Device[]): string[] => devices.map(({ path }) => path);
const told = ({ added, removed, moved }: DeviceChanges): string[][] =>
  [added, removed, moved].map(ids);

describe('which devices come, go and move', () => {
  it('nothing is new at first, and then what comes is', () => {
    const ledger = new DeviceLedger(2);
    const first = ledger.see(top(A));
    assert.deepEqual([told(first), first.first], [[[], [], []], true]);
    const second = ledger.see(top(A, B));
    assert.deepEqual([told(second), second.first], [[[B.path], [], []], false]);
    assert.deepEqual(told(ledger.see(top(B, A))), [[], [], []]);
  });

  it('one is gone after as many misses in a row as it takes, and only once', () => {
    for (const misses of [1, 2, 5]) {
      const ledger = new DeviceLedger(misses);
      ledger.see(top(A, B));
      for (let miss = 1; miss < misses; miss += 1)
        assert.deepEqual(told(ledger.see(top(A))), [[], [], []]);
      assert.deepEqual(told(ledger.see(top(A))), [[], [B.path], []]);
      assert.deepEqual(told(ledger.see(top(A))), [[], [], []]);
      assert.deepEqual(told(ledger.see(top(A, B))), [[B.path], [], []]);
    }
  });

  it('misses that are not in a row do not count', () => {
    const ledger = new DeviceLedger(2);
    ledger.see(top(A, B));
    for (let look = 0; look < 5; look += 1) {
      assert.deepEqual(told(ledger.see(top(A))), [[], [], []]);
      assert.deepEqual(told(ledger.see(top(A, B))), [[], [], []]);
    }
  });

  it('what could not be listed says nothing of who is there', () => {
    const ledger = new DeviceLedger(1);
    const failed: Part = { place: '/bus.1', listed: new OwError('clientClosed') };
    const zero: Part = { place: '/bus.0', listed: [A] };
    ledger.see([zero, { place: '/bus.1', listed: [B] }]);
    for (let look = 0; look < 3; look += 1)
      assert.deepEqual(told(ledger.see([zero, failed])), [[], [], []]);
    assert.deepEqual(told(ledger.see([])), [[], [], []]);
    assert.deepEqual(told(ledger.see([zero, { place: '/bus.1', listed: [] }]))[1], [B.path]);
  });

  it('one that left another place has moved, also while it is only missed there', () => {
    const ledger = new DeviceLedger(2);
    const main = device(A.id, `/1F.0/main/${A.id}`);
    const aux = device(A.id, `/1F.0/aux/${A.id}`);
    const branches = (onMain: Device[], onAux: Device[]): Part[] => [
      { place: '/1F.0/main', listed: onMain },
      { place: '/1F.0/aux', listed: onAux },
    ];
    ledger.see(branches([main], []));
    assert.deepEqual(told(ledger.see(branches([], [aux]))), [[], [], [aux.path]]);
    // The old place does not miss it any more.
    for (let look = 0; look < 3; look += 1)
      assert.deepEqual(told(ledger.see(branches([], [aux]))), [[], [], []]);
    ledger.see(branches([], []));
    assert.deepEqual(told(ledger.see(branches([main], []))), [[], [], [main.path]]);
  });

  it('one that is on two buses has not moved', () => {
    const ledger = new DeviceLedger(1);
    ledger.see([
      { place: '/bus.0', listed: [A] },
      { place: '/bus.1', listed: [] },
    ]);
    const both = device(A.id, `/bus.1/${A.id}`);
    const seen = ledger.see([
      { place: '/bus.0', listed: [A] },
      { place: '/bus.1', listed: [both] },
    ]);
    assert.deepEqual(told(seen), [[both.path], [], []]);
  });

  it('one that moves in the very look in which it is missed for the last time is not removed', () => {
    const ledger = new DeviceLedger(1);
    ledger.see([
      { place: '/bus.0', listed: [A] },
      { place: '/bus.1', listed: [] },
    ]);
    const seen = ledger.see([
      { place: '/bus.0', listed: [] },
      { place: '/bus.1', listed: [A] },
    ]);
    assert.deepEqual(told(seen), [[], [], [A.path]]);
  });

  it('a place that two paths stand for is looked at once', () => {
    const ledger = new DeviceLedger(2);
    ledger.see(top(A, B));
    assert.deepEqual(told(ledger.see([...top(A), ...top(A)])), [[], [], []]);
    assert.deepEqual(told(ledger.see([...top(A), ...top(A)])), [[], [B.path], []]);
  });
});
