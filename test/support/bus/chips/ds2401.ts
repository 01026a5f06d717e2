import { Slave, type Talk } from '../slave.js';

/** An address and nothing else: DS2401, family 01. */
export class Ds2401 extends Slave {
  override *talk(): Talk {
    // It has no function commands.
  }
}
