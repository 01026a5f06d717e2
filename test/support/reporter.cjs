const { writeFileSync } = require('node:fs');
const { dirname, relative, sep } = require('node:path');
const { reporters, Runner } = require('mocha');
const { Tally } = require('./tally.cjs');

const { EVENT_RUN_END, EVENT_TEST_FAIL, EVENT_TEST_PASS, EVENT_TEST_PENDING } = Runner.constants;
const TEST_FOLDER = dirname(__dirname);

/**
 * The usual listing; then a count for each folder of test/, what was skipped, and the total as the
 * last line. With `--reporter-option result=<file>` the counts go to that file instead, as JSON of
 * a Tally, for whoever adds them up.
 */
class Reporter extends reporters.Spec {
  #tally = new Tally();

  constructor(runner, options) {
    super(runner, options);
    runner.on(EVENT_TEST_PASS, (test) => this.#tally.count(suiteOf(test), 'passed'));
    runner.on(EVENT_TEST_FAIL, (test, error) =>
      this.#tally.fail(suiteOf(test), {
        title: test.fullTitle(),
        file: fileOf(test) && relative(process.cwd(), fileOf(test)),
        error: textOf(error),
      }),
    );
    runner.on(EVENT_TEST_PENDING, (test) => this.#tally.skip(suiteOf(test), skippedName(test)));
    const result = options?.reporterOptions?.result;
    // Registered after the base class did, so that its summary comes first.
    runner.once(EVENT_RUN_END, () => {
      if (result) writeFileSync(result, JSON.stringify(this.#tally));
      else this.#tally.lines().forEach((line) => console.log(line));
    });
    endWell();
  }
}

/** Who is told to end goes through the end of the process, where tests end what they started. */
function endWell() {
  for (const [signal, number] of [
    ['SIGINT', 2],
    ['SIGTERM', 15],
  ])
    process.once(signal, () => process.exit(128 + number));
}

function fileOf(runnable) {
  return runnable.file ?? runnable.parent?.file;
}

function suiteOf(runnable) {
  const file = fileOf(runnable);
  if (file === undefined) return 'other';
  const [folder, ...rest] = relative(TEST_FOLDER, file).split(sep);
  return rest.length > 0 && folder !== '..' ? folder : 'other';
}

function textOf(error) {
  const { message, stack } = error ?? {};
  if (typeof stack !== 'string') return String(message ?? error);
  return stack.includes(message) ? stack : `${message}\n${stack}`;
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
