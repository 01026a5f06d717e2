/**
 * What came of tests: how many passed, failed and were skipped in each suite (a folder of test/),
 * what was skipped, and the failures. Survives JSON, so that what several processes counted can be
 * added up.
 */
class Tally {
  #suites = new Map();
  #skipped = new Map();
  #failures = [];

  /** Every failure so far, as `{ title, file, error }`. */
  get failures() {
    return this.#failures;
  }

  /** Counts tests of a suite; `outcome` is `passed`, `failed` or `skipped`. */
  count(suite, outcome, tests = 1) {
    const counts = this.#suites.get(suite) ?? { passed: 0, failed: 0, skipped: 0 };
    counts[outcome] += tests;
    this.#suites.set(suite, counts);
  }

  /** Counts a failure, and keeps what it says: the test's title and file, the error as text. */
  fail(suite, failure) {
    this.count(suite, 'failed');
    this.#failures.push(failure);
  }

  /** Counts what was skipped, by a name that says why. */
  skip(suite, name, tests = 1) {
    this.count(suite, 'skipped', tests);
    this.#skipped.set(name, (this.#skipped.get(name) ?? 0) + tests);
  }

  /** Adds what toJSON() of another gave. */
  add({ suites, skipped, failures }) {
    for (const [suite, counts] of suites)
      for (const [outcome, tests] of Object.entries(counts)) this.count(suite, outcome, tests);
    for (const [name, tests] of skipped)
      this.#skipped.set(name, (this.#skipped.get(name) ?? 0) + tests);
    this.#failures.push(...failures);
  }

  toJSON() {
    return {
      suites: [...this.#suites],
      skipped: [...this.#skipped],
      failures: this.#failures,
    };
  }

  /** A line for each suite, one for each thing that was skipped, and the total as the last. */
  lines() {
    const total = { passed: 0, failed: 0, skipped: 0 };
    for (const counts of this.#suites.values())
      for (const outcome of Object.keys(total)) total[outcome] += counts[outcome];
    return [
      ...[...this.#suites].sort().map(([suite, counts]) => `${suite} ${line(counts)}`),
      ...[...this.#skipped].map(([name, tests]) => `skipped: ${name} (${tests})`),
      line(total),
    ];
  }
}

function line({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

module.exports = { Tally };
