import { sentence } from './sentence.js';

/** A write that was not sent, or did not go as it should. */
export const WRITES = {
  clientReadOnly: sentence(
    'EOW_READ_ONLY',
    '{path} was not written because the client is read only: leave out its option readOnly to write.',
  ),
  shortWrite: sentence(
    'EOW_SHORT_WRITE',
    'owserver took only {taken} of the {sent} bytes for {path}: send no more than the property holds.',
  ),
  notVerified: sentence(
    'EOW_VERIFY',
    '{path} reads {found} after {wanted} was written: check the device, or something else that writes to it.',
  ),
  uncertain: sentence(
    'EOW_UNCERTAIN',
    'It is not known whether {path} was written ({reason}): read it back before writing again.',
  ),
};
