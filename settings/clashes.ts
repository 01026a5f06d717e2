import { isOn, numberIn, type Clash, type ValueOf } from './setting.js';

/** A node that looks by itself has no message that could say the path. */
export function pathOfMessage(saved: ValueOf): Clash | undefined {
  const looksAlone = numberIn(saved('repeat')) !== undefined || isOn(saved('once'));
  const type = saved('pathType');
  const isOfMessage = type === 'msg' || (type === 'str' && String(saved('path')).trim() === '');
  return looksAlone && isOfMessage ? { id: 'pathOfMessage' } : undefined;
}

/** What is sent only after a change by something must know by what. */
export function noDeadband(saved: ValueOf): Clash | undefined {
  const isMissing = saved('emit') === 'deadband' && numberIn(saved('deadband')) === undefined;
  return isMissing ? { id: 'noDeadband' } : undefined;
}

/** Nothing is plausible between two ends that are exchanged. */
export function rangeReversed(saved: ValueOf): Clash | undefined {
  const [min, max] = [numberIn(saved('rangeMin')), numberIn(saved('rangeMax'))];
  const isReversed = min !== undefined && max !== undefined && min > max;
  return isReversed ? { id: 'rangeReversed', params: { min, max } } : undefined;
}
