import { parseAddress } from '../../../client/address.js';
import type { Form } from './form.js';

/** A host is taken as people write it; a port that is in it moves to its own field. */
export function prepareAddress(form: Form): void {
  $(form.field('host')).on('change', () => tidyAddress(form));
}

/** Puts what stands in the field of the host into the fields where it belongs. */
export function tidyAddress(form: Pick<Form, 'field' | 'fill'>): void {
  const written = form.field('host').value;
  const { host, port } = parseAddress(written);
  if (port !== undefined) form.fill('port', String(port));
  if (host !== written) form.fill('host', host);
}
