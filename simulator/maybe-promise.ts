/** A value that is ready, or will be: what needs no waiting is answered in the same turn. */
export type MaybePromise<T> = T | Promise<T>;

/** Goes on with a value, now or when it is there. */
export function andThen<T, U>(
  value: MaybePromise<T>,
  next: (value: T) => MaybePromise<U>,
): MaybePromise<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}

/** Does something else when the first way fails, now or later. */
export function orElse<T>(
  first: () => MaybePromise<T>,
  otherwise: () => MaybePromise<T>,
): MaybePromise<T> {
  try {
    const value = first();
    return value instanceof Promise ? value.catch(otherwise) : value;
  } catch {
    return otherwise();
  }
}

/** All of them in their order, now or when the last one is there. */
export function allOf<T>(values: readonly MaybePromise<T>[]): MaybePromise<T[]> {
  const all: T[] = [];
  const steps = values.map((value, at) =>
    andThen(value, (one): void => {
      all[at] = one;
    }),
  );
  const late = steps.filter((step) => step instanceof Promise);
  return late.length === 0 ? all : Promise.all(late).then(() => all);
}
