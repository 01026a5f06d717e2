import { sentence } from './sentence.js';

/** A value from owserver that is none. */
export const VALUES_READ = {
  emptyValue: sentence(
    'EOW_VALUE',
    'owserver sent an empty value for {path}: the device may be failing; try again.',
  ),
  notNumber: sentence(
    'EOW_VALUE',
    'owserver sent "{text}" for {path}, which is not a number: try again, or read it as text.',
  ),
  notFinite: sentence(
    'EOW_VALUE',
    'owserver sent "{text}" for {path}, which is no measured value: check the sensor.',
  ),
  notYesNo: sentence(
    'EOW_VALUE',
    'owserver sent "{text}" for {path} instead of 0 or 1: try again, or read it as text.',
  ),
  elementCount: sentence(
    'EOW_VALUE',
    'owserver sent {found} elements for {path} instead of {wanted}: read it as text.',
  ),
  byteCount: sentence(
    'EOW_VALUE',
    'owserver sent {found} bytes for {path} instead of {wanted}: read it as a Buffer.',
  ),
  powerOn: sentence(
    'EOW_VALUE',
    '{path} shows 85 °C, the value after power-on: the sensor lost power while it measured; check its wiring.',
  ),
  belowRange: sentence(
    'EOW_VALUE',
    '{path} shows {value}, which is less than {limit}, the least that is plausible: check the sensor and its wiring, or the range.',
  ),
  aboveRange: sentence(
    'EOW_VALUE',
    '{path} shows {value}, which is more than {limit}, the most that is plausible: check the sensor and its wiring, or the range.',
  ),
  tooFar: sentence(
    'EOW_VALUE',
    '{path} went from {last} to {value} at once, which is more than {step}: check the sensor and its wiring; if it stays there, it is believed.',
  ),
};
