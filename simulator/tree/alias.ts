import type { Device } from '../bus/device.js';
import { Refusal, Ret } from '../refusal.js';

/** Words that no device may be called, in exactly this spelling; owlib/src/c/ow_alias.c. */
const RESERVED = [
  'alarm',
  'interface',
  'settings',
  'simultaneous',
  'statistics',
  'structure',
  'text',
  'unaliased',
  'uncached',
];

/**
 * Names a device; spaces around the name are dropped, an empty one takes the name away, and a name
 * that another device had moves to this one.
 * @returns the bytes taken, spaces included
 * @throws Refusal for a name that owserver keeps for itself.
 */
export function giveAlias(devices: readonly Device[], device: Device, data: Buffer): number {
  const text = data.toString('latin1');
  const nul = text.indexOf('\0');
  const name = (nul === -1 ? text : text.slice(0, nul)).replace(/^ +| +$/g, '');
  if (name.includes('/') || name.startsWith('bus.') || RESERVED.includes(name))
    throw new Refusal(Ret.invalid);
  for (const other of devices) if (other.alias === name) other.alias = '';
  device.alias = name;
  return data.length;
}
