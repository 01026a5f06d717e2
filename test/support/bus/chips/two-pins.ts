import { LISTEN, type Talk } from '../slave.js';
import type { Pins } from './pins.js';

const DONE = 0xaa;

/**
 * Pin and output latch of A and B, then the complement of that; an output latch is 1 while its
 * output is off (owlib/src/c/ow_2413.c, OW_read).
 */
export function pinStatus({ sensed, outputs }: Pins): number {
  const a = (sensed & 1) | ((~outputs & 1) << 1);
  const b = ((sensed >> 1) & 1) | (~outputs & 2);
  const low = a | (b << 2);
  return low | ((~low & 0x0f) << 4);
}

/** PIO access read: the status, again and again. */
export function* readPins(pins: Pins): Talk {
  for (;;) yield () => pinStatus(pins);
}

/** PIO access write: output latches and their complement, answered by AA and the status. */
export function* writePins(pins: Pins): Talk {
  for (;;) {
    const latches = yield LISTEN;
    const complement = yield LISTEN;
    if ((latches ^ complement) !== 0xff) return;
    pins.drive(~latches & 3);
    yield DONE;
    yield () => pinStatus(pins);
  }
}
