import { OwError, toOwError } from './ow-error.js';

/** Does some work whose failure is told for this path, whatever failed on the way: people asked for this one. */
export async function failingAs<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    throw thrown instanceof OwError && thrown.path === path
      ? thrown
      : toOwError(thrown).withPath(path);
  }
}
