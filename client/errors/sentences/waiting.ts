import { givingUp, sentence } from './sentence.js';

/** What took too long, or had too much before it. */
export const WAITING = {
  silent: sentence(
    'EOW_TIMEOUT',
    "{host}:{port} sent nothing for {seconds} s after {path} was asked: check that the port is owserver's and that its bus adapter works.",
  ),
  busSilent: sentence(
    'EOW_TIMEOUT',
    '{path} was not measured because bus {bus} took no command for {seconds} s: check the adapter of this bus and its wiring.',
  ),
  deadline: givingUp(
    'EOW_TIMEOUT',
    '{path} was not answered within {seconds} s, waiting time included: the bus is slow or overloaded; ask less often, let all thermometers measure at once, or raise the request timeout.',
  ),
  aborted: givingUp(
    'EOW_ABORTED',
    '{path} was not waited for any longer, because the signal of its call was aborted: ask again when it is needed.',
  ),
  queueFull: sentence(
    'EOW_QUEUE_FULL',
    '{path} was not asked because {limit} requests are waiting already: ask less often, or check why owserver is slow.',
  ),
};
