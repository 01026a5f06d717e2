import { formatDeviceId, parseDeviceId } from './device-id.js';

/** What stands in a path and says nothing of where a device is. */
const HOW = /^(uncached|unaliased|text|json)$/i;

/** The numbers of buses at the beginning of a path. */
const BUSES = /^(\/bus\.\d+)+/;

/**
 * The places that a device's directory is: however its path is written, on the bus that it names, and on
 * whatever bus; first the one to know it by. Where there is one bus its number makes no difference.
 */
export function placesOf(directory: string, oneBus: boolean): readonly string[] {
  const elements = directory.split('/').filter((element) => !HOW.test(element));
  const place = elements.map(inOneSpelling).join('/');
  const anywhere = place.replace(BUSES, '');
  if (oneBus) return [anywhere, `/bus.0${anywhere}`];
  return place === anywhere ? [place] : [place, anywhere];
}

function inOneSpelling(element: string): string {
  const id = parseDeviceId(element);
  return id ? formatDeviceId(id, 'f.i') : element.toLowerCase();
}
