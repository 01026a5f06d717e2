const { dirname, relative, sep } = require('node:path');
const { reporters, Runner } = require('mocha');

const { EVENT_RUN_END, EVENT_TEST_FAIL, EVENT_TEST_PASS, EVENT_TEST_PENDING } = Runner.constants;
const TEST_FOLDER = dirname(__dirname);

/**
 * The usual listing; then a count for each folder of test/, what was skipped, and the total as the
 * last line.
 */
class Reporter extends reporters.Spec {
  #groups = new Map();
  #skipped = new Map();

  constructor(runner, options) {
    super(runner, options);
    runner.on(EVENT_TEST_PASS, (test) => this.#count(test, 'passed'));
    runner.on(EVENT_TEST_FAIL, (test) => this.#count(test, 'failed'));
    runner.on(EVENT_TEST_PENDING, (test) => {
      this.#count(test, 'skipped');
      const name = skippedName(test);
      this.#skipped.set(name, (this.#skipped.get(name) ?? 0) + 1);
    });
    // Registered after the base class did, so that its summary comes first.
    runner.once(EVENT_RUN_END, () => this.#print());
  }

  #count(runnable, outcome) {
    const name = groupOf(runnable.file ?? runnable.parent?.file);
    const group = this.#groups.get(name) ?? { passed: 0, failed: 0, skipped: 0 };
    group[outcome]++;
    this.#groups.set(name, group);
  }

  #print() {
    const total = { passed: 0, failed: 0, skipped: 0 };
    for (const [name, group] of [...this.#groups].sort()) {
      console.log(`${name} ${line(group)}`);
      for (const outcome of Object.keys(total)) total[outcome] += group[outcome];
    }
    for (const [name, tests] of this.#skipped) console.log(`skipped: ${name} (${tests})`);
    console.log(line(total));
  }
}

function line({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

function groupOf(file) {
  if (file === undefined) return 'other';
  const parts = relative(TEST_FOLDER, file).split(sep);
  return parts.length > 1 ? parts[0] : 'other';
}

/** The outermost suite that need() skipped, with what it lacks; otherwise the test itself. */
function skippedName(test) {
  let name = test.fullTitle();
  for (let suite = test.parent; suite; suite = suite.parent) {
    if (suite.missing) name = `${suite.fullTitle()}, for want of ${suite.missing}`;
  }
  return name;
}

module.exports = Reporter;
