import assert from 'node:assert/strict';
import { Bus } from '../support/bus/bus.js';
import type { ChipSetup } from '../support/bus/index.js';

const SENSOR = { id: '28.021000000000', address: '0C00000000100228' };
const OTHER = { id: '28.021100000000', address: 'C100000000110228' };
const RELAY = { id: '3A.025000000000', address: '640000000050023A' };
const KEY = { id: '01.029000000000', address: 'E400000000900201' };

/** Datasheets give these: 85 °C, limits, configuration, reserved bytes and the checksum of them. */
const DS18B20_POWER_ON = '50054B467FFF0C101C';
const DS18S20_POWER_ON = 'AA004B46FFFF0C1087';

type Talk = readonly (readonly [command: string, answer: string])[];

/** What the bus master answers: each command given whole, and then byte by byte. */
function answers(title: string, devices: readonly ChipSetup[], talk: Talk): void {
  for (const pieces of ['whole', 'byte by byte']) {
    it(`${title}: ${pieces}`, () => {
      let said = '';
      const setup = { devices, byteMs: 0, conversionMs: 60_000 };
      const bus = new Bus(setup, (bytes) => (said += bytes.toString('latin1')));
      for (const [command, answer] of talk) {
        said = '';
        for (const piece of pieces === 'whole' ? [command] : command)
          bus.receive(Buffer.from(piece, 'latin1'));
        assert.equal(said, answer, command);
      }
    });
  }
}

describe('the HA7S of the emulated bus', () => {
  answers('answers a reset, on an empty bus too', [], [['R', '\r']]);

  const silent: Talk = [
    ['S', '\r'],
    ['s', '\r'],
    ['C', '\r'],
    ['R', '\r'],
    ['W02CCFF\r', 'CCFF\r'],
  ];
  answers('finds nobody on an empty bus, and reads FF there', [], silent);

  const searched: Talk = [
    ['S', `${SENSOR.address}\r`],
    ['s', `${OTHER.address}\r`],
    ['s', `${RELAY.address}\r`],
    ['s', `${KEY.address}\r`],
    ['s', '\r'],
    ['S', `${SENSOR.address}\r`],
  ];
  answers('finds each address once, bit by bit', [KEY, RELAY, OTHER, SENSOR], searched);

  const scratchpad: Talk = [
    [`A${SENSOR.address}\r`, `${SENSOR.address}\r`],
    ['W0ABEFFFFFFFFFFFFFFFFFF\r', `BE${DS18B20_POWER_ON}\r`],
    ['M', `${SENSOR.address}\r`],
    ['W02BEFF\r', 'BE50\r'],
    ['W01FF\r', '05\r'],
  ];
  answers('reads the scratchpad of a DS18B20 at power-on', [SENSOR, OTHER], scratchpad);

  const old: Talk = [
    ['S', 'E900000000100210\r'],
    ['W0ABEFFFFFFFFFFFFFFFFFF\r', `BE${DS18S20_POWER_ON}\r`],
  ];
  answers('reads the scratchpad of a DS18S20 at power-on', [{ id: '10.021000000000' }], old);

  const busy: Talk = [
    ['R', '\r'],
    ['W02CC44\r', 'CC44\r'],
    ['W01FF\r', '00\r'],
    [`A${RELAY.address}\r`, `${RELAY.address}\r`],
    ['W02F5FF\r', 'F50F\r'],
    ['W01FF\r', '0F\r'],
  ];
  answers('stays free for others while a thermometer converts', [SENSOR, RELAY], busy);

  const alone: Talk = [
    ['R', '\r'],
    ['W0933FFFFFFFFFFFFFFFF\r', '33280210000000000C\r'],
  ];
  answers('reads the address of the only slave', [SENSOR], alone);

  const verified: Talk = [
    ['R', '\r'],
    [sentSearch(SENSOR.address), foundSearch(SENSOR.address)],
    ['W02BEFF\r', 'BE50\r'],
    ['R', '\r'],
    [sentSearch(KEY.address), lostSearch(KEY.address)],
  ];
  answers('takes part in a search that owserver writes out', [SENSOR], verified);

  // Eight bytes for address 78, answered by their checksum; stored; then read to the end.
  const memory: Talk = [
    ['S', 'B00000000010023B\r'],
    ['W0B0F780102030405060708FF\r', '0F780102030405060708AD\r'],
    ['M', 'B00000000010023B\r'],
    ['W0255A5\r', '55A5\r'],
    ['M', 'B00000000010023B\r'],
    ['W0BF078FFFFFFFFFFFFFFFFFF\r', 'F0780102030405060708FF\r'],
  ];
  const withMemory = { id: '3B.021000000000', model: 'MAX31826' } as const;
  answers('keeps what is written to the memory of a MAX31826', [withMemory], memory);

  const wrong: Talk = [
    [`A${KEY.address}\r`, `${KEY.address}\r`],
    ['W02BEFF\r', 'BEFF\r'],
    ['W03BEFF\r', ''],
    ['R', '\r'],
  ];
  answers('reads FF from an address where nobody is', [SENSOR], wrong);
});

/** F0, then for each bit of an address two slots to read and the way to go (BUS_verify). */
function sentSearch(address: string): string {
  return searchLine(bitsOf(address).map((bit) => [1, 1, bit]));
}

/** What is read back when the only slave has that address. */
function foundSearch(address: string): string {
  return searchLine(bitsOf(address).map((bit) => [bit, 1 - bit, bit])).slice(3);
}

/** What is read back when the only slave left at the first bit. */
function lostSearch(address: string): string {
  return searchLine(bitsOf(address).map((bit, n) => [n === 0 ? 1 - bit : 1, 1, bit])).slice(3);
}

function bitsOf(address: string): number[] {
  const bytes = [...Buffer.from(address, 'hex').reverse()];
  return bytes.flatMap((byte) => [0, 1, 2, 3, 4, 5, 6, 7].map((n) => (byte >> n) & 1));
}

function searchLine(triplets: readonly (readonly number[])[]): string {
  const bits = triplets.flat();
  const bytes = Buffer.alloc(bits.length / 8);
  for (const [n, bit] of bits.entries()) bytes[n >> 3]! |= bit << (n & 7);
  return `W19F0${bytes.toString('hex').toUpperCase()}\r`;
}
