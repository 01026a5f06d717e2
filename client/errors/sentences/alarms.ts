import { sentence } from './sentence.js';

/** What keeps a device from the alarm search. */
export const ALARMS = {
  unarmed: sentence(
    'EOW_VALUE',
    '{path} answers no alarm search, because its set_alarm is {value}: write {wanted} to {path}/set_alarm, so that it answers once a channel changes, or watch with arm.',
  ),
  notByLatch: sentence(
    'EOW_VALUE',
    '{path} does not answer the alarm search by its latches, because its set_alarm is {value}, so that changes may be missed: write {wanted} to {path}/set_alarm, or watch with arm.',
  ),
  freshFromPowerOn: sentence(
    'EOW_VALUE',
    '{path} answers every alarm search since its power came on: write 0 to {path}/por, or watch with arm.',
  ),
  cannotAlarm: sentence(
    'EOW_VALUE',
    'A {type} such as {path} answers no alarm search: read its sensed as often as is needed.',
  ),
};
