/** Functions of somebody else's that have failed: it is said once of each. */
const REPORTED = new WeakSet<object>();

/**
 * Calls a function of somebody else's, whose failure harms nobody but itself: what it throws, also
 * later, is a warning of the process and ends nothing here.
 */
export function tell<Told extends unknown[]>(
  listener: ((...told: Told) => unknown) | undefined,
  ...told: Told
): void {
  if (listener) void tellAndWait(listener, ...told);
}

/** The same for who goes on only when the function is done, and what it promised has come. */
export async function tellAndWait<Told extends unknown[]>(
  listener: ((...told: Told) => unknown) | undefined,
  ...told: Told
): Promise<void> {
  if (!listener) return;
  try {
    await listener(...told);
  } catch (thrown) {
    report(listener, thrown);
  }
}

function report(listener: object, thrown: unknown): void {
  if (REPORTED.has(listener)) return;
  REPORTED.add(listener);
  const what = thrown instanceof Error ? (thrown.stack ?? thrown.message) : inText(thrown);
  process.emitWarning(`A listener of an owserver client has failed: ${what}`, 'OwserverListener');
}

/** Anything can be thrown, also what has no text. */
function inText(thrown: unknown): string {
  try {
    return String(thrown);
  } catch {
    return typeof thrown;
  }
}
