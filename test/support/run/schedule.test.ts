import { strict as assert } from 'node:assert';
import { resolve } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';

interface Job {
  cores: number;
  turns: number;
}

type Schedule = (
  jobs: readonly Job[],
  how: {
    cores: number;
    begin: (job: Job, number: number) => Promise<void>;
    isStopped?: () => boolean;
  },
) => Promise<void>;

const CORES = 2;

describe('support: the order of the suites', () => {
  let schedule: Schedule;
  before(async () => {
    const { href } = pathToFileURL(resolve(__dirname, 'schedule.mjs'));
    ({ schedule } = (await import(href)) as { schedule: Schedule });
  });

  /** Runs the jobs; which of them ran, and how much of the machine at most. */
  async function ran(jobs: readonly Job[], isStopped?: (begun: number) => boolean) {
    const begun: number[] = [];
    let used = 0;
    let most = 0;
    await schedule(jobs, {
      cores: CORES,
      begin: async ({ cores, turns }, number) => {
        begun.push(number);
        used += cores;
        most = Math.max(most, used);
        for (let at = 0; at < turns; at += 1) await turn();
        used -= cores;
      },
      ...(isStopped && { isStopped: () => isStopped(begun.length) }),
    });
    assert.equal(used, 0, 'all have ended');
    return { begun, most };
  }

  it('begins each of them once, and fills no more than the machine', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ cores: fc.constantFrom(0.5, 1, 1.5, 2), turns: fc.nat({ max: 4 }) }), {
          maxLength: 20,
        }),
        async (jobs) => {
          const { begun, most } = await ran(jobs);
          assert.deepEqual(
            begun.sort((a, b) => a - b),
            jobs.map((_, number) => number),
          );
          assert.ok(most <= CORES, `${most} of ${CORES}`);
        },
      ),
    ));

  it('goes on with one that had to wait until nothing else ran', async () => {
    const { begun } = await ran([
      { cores: 1.5, turns: 1 },
      { cores: 1.5, turns: 1 },
      { cores: 1, turns: 1 },
    ]);
    assert.deepEqual(begun, [0, 1, 2]);
  });

  it('lets one that is more than the machine run alone', async () => {
    const { begun, most } = await ran([
      { cores: 1, turns: 1 },
      { cores: 3, turns: 1 },
    ]);
    assert.deepEqual([begun, most], [[0, 1], 3]);
  });

  it('begins none after it was stopped', async () => {
    const jobs = Array.from({ length: 5 }, () => ({ cores: 2, turns: 1 }));
    assert.deepEqual((await ran(jobs, (begun) => begun >= 2)).begun, [0, 1]);
  });
});
