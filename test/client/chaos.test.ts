import assert from 'node:assert/strict';
import { OwError, OwserverClient } from '../../client/index.js';
import { startSimulator, type FaultAction, type Simulator } from '../../simulator/index.js';

const REQUESTS = 600;
const UNDER_WAY = 24;

/** What may happen to an answer; a second copy of one is left out, since nothing tells it from the next. */
const FAULTS: readonly FaultAction[] = [
  'close',
  'reset',
  'half',
  'half-close',
  'split',
  'hang',
  { delayMs: 5 },
  { keepAlives: 3 },
  { ret: -5 },
  { bytes: Buffer.alloc(24, 0xff) },
];

/** Numbers that look random and are the same in each run; Numerical Recipes' generator. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

for (const seed of [1, 2, 3]) {
  describe(`whatever goes wrong with every third answer (run ${seed})`, () => {
    let simulator: Simulator;
    let client: OwserverClient;
    before(async () => {
      const devices = Array.from({ length: 16 }, (_, n) => ({ id: `01.0000000000${10 + n}` }));
      simulator = await startSimulator({ devices, conversionMs: 0 });
      const { host, port } = simulator;
      const waits = { inactivityTimeoutMs: 150, requestTimeoutMs: 2_000 };
      client = new OwserverClient({ host, port, ...waits });
    });
    after(async () => {
      client.close();
      await simulator.close();
    });

    it('every request has its own answer or an error, and the next one works', async () => {
      const random = numbers(seed);
      const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
      let asked = 0;
      let right = 0;
      const one = async (): Promise<void> => {
        const digits = `0000000000${10 + Math.floor(random() * 16)}`;
        const property = pick(['id', 'address', 'r_id', 'type']);
        if (random() < 0.33) simulator.addFault({ then: pick(FAULTS) });
        try {
          const { value } = await client.read(`/01.${digits}/${property}`, { value: 'text' });
          assert.equal(value, expected(digits, property, String(value)));
          right += 1;
        } catch (error) {
          assert.ok(error instanceof OwError, String(error));
        }
      };
      const work = async (): Promise<void> => {
        while (asked++ < REQUESTS) await one();
      };
      await Promise.all(Array.from({ length: UNDER_WAY }, work));
      assert.ok(right > REQUESTS / 4, `only ${right} of ${REQUESTS} were answered`);
      simulator.clearFaults();
      assert.equal((await client.read('/01.000000000010/id')).path, '/01.000000000010/id');
      assert.ok(client.connections <= 4);
    });
  });
}

/** What this property of this device must be; of the address the part that the id does not tell is taken as read. */
function expected(digits: string, property: string, found: string): string {
  if (property === 'id') return digits;
  if (property === 'address') return `01${digits}${found.slice(14)}`;
  if (property === 'r_id') return (digits.match(/../g) ?? []).reverse().join('');
  return 'DS2401';
}
