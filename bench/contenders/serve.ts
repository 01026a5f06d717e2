import { measure, type Order, type ReadOne, type Sample } from '../measure.js';

/** What a contender has open for one order. */
export interface Slots {
  /** One for each reading that is to be under way. */
  readonly read: readonly ReadOne[];
  close: () => void;
}

/** Makes this process a contender: it carries out the orders of its parent, one at a time. */
export function serve(open: (order: Order) => Slots | Promise<Slots>): void {
  process.on('message', (order: Order) => {
    carryOut(open, order).then(
      (sample) => process.send?.(sample),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
}

async function carryOut(
  open: (order: Order) => Slots | Promise<Slots>,
  order: Order,
): Promise<Sample> {
  const { read, close } = await open(order);
  try {
    return await measure(read, order);
  } finally {
    close();
  }
}
