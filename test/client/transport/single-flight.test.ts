import assert from 'node:assert/strict';
import { SingleFlight } from '../../../client/transport/single-flight.js';

/** A question that is answered when the test says so. */
interface Question {
  /** How often it was asked. */
  asked: number;
  ask: () => Promise<string>;
  answer: (text: string) => void;
  fail: (error: Error) => void;
}

function question(): Question {
  const it: Question = {
    asked: 0,
    answer: () => undefined,
    fail: () => undefined,
    ask: () => {
      it.asked += 1;
      return new Promise((resolve, reject) => {
        it.answer = resolve;
        it.fail = reject;
      });
    },
  };
  return it;
}

describe('who asks while an equal question is under way', () => {
  it('shares its answer', async () => {
    const flight = new SingleFlight<string, string>();
    const first = question();
    const second = question();
    const answers = [flight.ask('a', first.ask), flight.ask('a', second.ask)];
    first.answer('yes');
    assert.deepEqual(await Promise.all(answers), ['yes', 'yes']);
    assert.equal(first.asked, 1);
    assert.equal(second.asked, 0);
  });

  it('shares its failure', async () => {
    const flight = new SingleFlight<string, string>();
    const it = question();
    const answers = [flight.ask('a', it.ask), flight.ask('a', it.ask)];
    const outcomes = answers.map((answer) => assert.rejects(answer, /broken/));
    it.fail(new Error('broken'));
    await Promise.all(outcomes);
    assert.equal(it.asked, 1);
  });

  it('asks for itself after a failure that is none of its own, and others share that', async () => {
    const flight = new SingleFlight<string, string>();
    const first = question();
    const second = question();
    const third = question();
    const again = (thrown: unknown): boolean => thrown instanceof RangeError;
    const failed = assert.rejects(flight.ask('a', first.ask, again), RangeError);
    const others = [flight.ask('a', second.ask, again), flight.ask('a', third.ask, again)];
    first.fail(new RangeError('its own'));
    await failed;
    await new Promise(setImmediate);
    assert.equal(second.asked, 1);
    assert.equal(third.asked, 0);
    second.answer('after all');
    assert.deepEqual(await Promise.all(others), ['after all', 'after all']);
  });

  it('fails when the failure is as much its own', async () => {
    const flight = new SingleFlight<string, string>();
    const it = question();
    const answers = [flight.ask('a', it.ask), flight.ask('a', it.ask, () => false)];
    const outcomes = answers.map((answer) => assert.rejects(answer, /broken/));
    it.fail(new Error('broken'));
    await Promise.all(outcomes);
    assert.equal(it.asked, 1);
  });
});

describe('a question', () => {
  it('is asked anew once it was answered, or has failed', async () => {
    const flight = new SingleFlight<string, string>();
    const it = question();
    const first = flight.ask('a', it.ask);
    it.answer('one');
    assert.equal(await first, 'one');
    const second = assert.rejects(flight.ask('a', it.ask), /broken/);
    it.fail(new Error('broken'));
    await second;
    const third = flight.ask('a', it.ask);
    it.answer('three');
    assert.equal(await third, 'three');
    assert.equal(it.asked, 3);
  });

  it('with another key is another question', async () => {
    const flight = new SingleFlight<string, string>();
    const a = question();
    const b = question();
    const answers = [flight.ask('a', a.ask), flight.ask('b', b.ask)];
    b.answer('B');
    a.answer('A');
    assert.deepEqual(await Promise.all(answers), ['A', 'B']);
  });

  it('tells its answer before those who asked hear it, and no failure', async () => {
    const heard: string[] = [];
    const flight = new SingleFlight<string, string>((key, answer) =>
      heard.push(`${key} ${answer}`),
    );
    const it = question();
    const answered = flight.ask('a', it.ask).then(() => [...heard]);
    it.answer('yes');
    assert.deepEqual(await answered, ['a yes']);
    const failed = assert.rejects(flight.ask('a', it.ask));
    it.fail(new Error('broken'));
    await failed;
    assert.deepEqual(heard, ['a yes']);
  });

  it('that was forgotten answers those who asked before, and nobody else', async () => {
    const heard: string[] = [];
    const flight = new SingleFlight<string, string>((_, answer) => heard.push(answer));
    const old = question();
    const recent = question();
    const before = flight.ask('a', old.ask);
    flight.forget();
    const after = flight.ask('a', recent.ask);
    old.answer('old');
    assert.equal(await before, 'old');
    assert.deepEqual(heard, []);
    const sharing = flight.ask('a', old.ask);
    recent.answer('new');
    assert.deepEqual(await Promise.all([after, sharing]), ['new', 'new']);
    assert.deepEqual(heard, ['new']);
  });
});
