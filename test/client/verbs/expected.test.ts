import assert from 'node:assert/strict';
import { resolveOptions } from '../../../client/options.js';
import { Deadline } from '../../../client/transport/deadline.js';
import { Pool } from '../../../client/transport/pool.js';
import type { ReadResult } from '../../../client/verbs/batch.js';
import { wire } from '../../../client/wiring.js';
import type { Simulator } from '../../../simulator/index.js';
import { byPath, houses } from '../simulated.js';

const DEVICES = [
  { id: '28.000000000001', values: { temperature: 1 } },
  { id: '28.000000000002', values: { temperature: 2 } },
];
const PATTERN = '28.*/temperature';
const [ONE, TWO] = ['/28.000000000001/temperature', '/28.000000000002/temperature'];
const [OLD, OLDER] = ['/28.00000000000A/temperature', '/28.00000000000B/temperature'];

describe('what a pattern stood for before', () => {
  const house = houses();
  const closing: (() => void)[] = [];
  afterEach(() => closing.splice(0).forEach((close) => close()));

  type Expects = (pattern: string, matched: readonly string[]) => readonly string[];

  /** Reads a pattern, as somebody does who expects more than there is. */
  function reads(simulator: Simulator): (expects: Expects) => Promise<ReadResult[]> {
    const options = resolveOptions({ host: simulator.host, port: simulator.port });
    const quiet = (): void => undefined;
    const listener = { onDial: quiet, onUp: quiet, onDown: quiet, onGivenUp: quiet };
    const pool = new Pool(options, listener);
    const { batch, lost, reader } = wire(pool, options).parts;
    closing.push(() => {
      lost.forget();
      pool.close();
    });
    return (expects) => {
      const patience = { deadline: new Deadline(5_000), inTurn: true };
      const act = (path: unknown) =>
        lost.guard(path, patience, () => reader.read(path, {}, patience));
      return batch.each([PATTERN], { use: 'read', patience, act, expects });
    };
  }

  it('is read after what it stands for, in its order, and fails in its place', async () => {
    const { simulator } = await house({ devices: DEVICES });
    const asked: unknown[] = [];
    const results = await reads(simulator)((...given) => {
      asked.push(given);
      return [OLDER, OLD];
    });
    assert.deepEqual(asked, [[PATTERN, [ONE, TWO]]]);
    assert.deepEqual(
      results.map(({ path }) => path),
      [ONE, TWO, OLDER, OLD],
    );
    assert.deepEqual(byPath(results), {
      [ONE]: 1,
      [TWO]: 2,
      [OLDER]: 'EOW_ABSENT',
      [OLD]: 'EOW_ABSENT',
    });
  });

  it('is not asked for when it is lost', async () => {
    const { simulator } = await house({ devices: DEVICES });
    const read = reads(simulator);
    await read(() => [OLD]);
    const before = simulator.requests.length;
    assert.equal((await read(() => [OLD])).length, 3);
    const later = simulator.requests.slice(before).map(({ path }) => path);
    assert.deepEqual(
      later.filter((path) => path.includes('00000A')),
      [],
    );
  });

  it('is read once, also when it is there', async () => {
    const { simulator } = await house({ devices: DEVICES });
    assert.equal((await reads(simulator)(() => [TWO, ONE])).length, 2);
  });

  it('is read when the pattern stands for nothing any more', async () => {
    const { simulator } = await house({ devices: [] });
    const read = reads(simulator);
    assert.deepEqual(byPath(await read(() => [OLD])), { [OLD]: 'EOW_ABSENT' });
    assert.deepEqual(byPath(await read(() => [])), { [`/${PATTERN}`]: 'EOW_ABSENT' });
  });

  it('is not asked for when it is not known what the pattern stands for', async () => {
    const { simulator } = await house({ devices: DEVICES });
    simulator.addFault({ path: '/', type: 'dirallslash', then: { ret: -5 } });
    const results = await reads(simulator)(() => assert.fail('asked'));
    assert.deepEqual(byPath(results), { [`/${PATTERN}`]: 'EOW_RETURN' });
  });
});
