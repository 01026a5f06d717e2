import { Bus } from './bus.js';
import type { Answers, Order, Reply, Request } from './protocol.js';
import { openSerialLine } from './pty.js';
import type { BusSetup } from './setup.js';

let bus: Bus | undefined;

process.on('message', (request: Request) => {
  void answer(request).then((reply) => process.send?.(reply));
});
// Told to stop, or the tests have ended: socat goes with it.
process.on('SIGTERM', () => process.exit(0));
process.on('disconnect', () => process.exit(0));

async function answer({ number, order }: Request): Promise<Reply> {
  try {
    const value = order.type === 'start' ? await start(order.setup) : obey(running(), order);
    return { number, value };
  } catch (error) {
    return { number, error: error instanceof Error ? error.message : String(error) };
  }
}

async function start(setup: BusSetup): Promise<string> {
  const made = new Bus(setup, (bytes) => line.send(bytes));
  const line = await openSerialLine((bytes) => made.receive(bytes));
  bus = made;
  return line.tty;
}

function running(): Bus {
  if (!bus) throw new Error('The bus is not started');
  return bus;
}

function obey(bus: Bus, order: Exclude<Order, { type: 'start' }>): Answers[Order['type']] {
  switch (order.type) {
    case 'change':
      bus.change(order.changes);
      return undefined;
    case 'glitch':
      bus.glitch(order.ids);
      return undefined;
    case 'play':
      return bus.play(order.steps);
    case 'clock':
      return bus.clock();
    case 'dead':
      bus.dead = order.on;
      return undefined;
    case 'shorted':
      bus.shorted = order.on;
      return undefined;
    case 'states':
      return bus.states();
    case 'traffic':
      return bus.traffic();
  }
}
