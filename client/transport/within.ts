/**
 * What a promise gives within `ms` milliseconds, else nothing. `late` hears that it was not in time, and
 * may throw the error to fail with. What the promise does later is no matter any more.
 */
export async function within<T>(
  ms: number,
  promise: Promise<T>,
  late?: () => void,
): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  const nothing = over.then(() => {
    late?.();
    return undefined;
  });
  try {
    return await Promise.race([promise, nothing]);
  } finally {
    clearTimeout(timer);
  }
}
