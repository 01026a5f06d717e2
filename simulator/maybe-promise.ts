/** A value that is ready, or will be: what needs no waiting is answered in the same turn. */
export type MaybePromise<T> = T | Promise<T>;

/** Goes on with a value, now or when it is there. */
export function andThen<T, U>(
  value: MaybePromise<T>,
  next: (value: T) => MaybePromise<U>,
): MaybePromise<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}
