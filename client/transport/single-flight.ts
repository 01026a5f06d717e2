import type { Deadline } from './deadline.js';

/** Asks each question once at a time: who asks while an equal one is under way shares its answer. */
export class SingleFlight<K, V> {
  readonly #underWay = new Map<K, Promise<V>>();
  readonly #onAnswer: (key: K, answer: V) => void;

  /** `onAnswer` hears each answer before those who asked, unless the question was forgotten meanwhile. */
  constructor(onAnswer: (key: K, answer: V) => void = () => undefined) {
    this.#onAnswer = onAnswer;
  }

  /**
   * The answer to `ask`, or to the equal question that is under way, waited for until the deadline. When
   * that one fails, who shares it fails as well, or asks for itself after all, if `again` says so of the error.
   */
  ask(
    key: K,
    ask: () => Promise<V>,
    again: (thrown: unknown) => boolean = () => false,
    deadline?: Deadline,
  ): Promise<V> {
    const shared = this.#underWay.get(key);
    if (!shared) return this.#start(key, ask);
    const answer = deadline ? deadline.wait(shared) : shared;
    return answer.catch((thrown: unknown) => {
      if (!deadline?.over && again(thrown)) return this.ask(key, ask, again, deadline);
      throw thrown;
    });
  }

  /** The same for those who fail only by an end of their own: another's is no reason. */
  askUntil(deadline: Deadline, key: K, ask: () => Promise<V>): Promise<V> {
    return this.ask(key, ask, (thrown) => deadline.outlives(thrown), deadline);
  }

  /** What is under way answers those who have asked, and nobody else. */
  forget(): void {
    this.#underWay.clear();
  }

  #start(key: K, ask: () => Promise<V>): Promise<V> {
    const asked = ask();
    this.#underWay.set(key, asked);
    const isCurrent = (): boolean => this.#underWay.get(key) === asked;
    asked.then(
      (answer) => {
        if (!isCurrent()) return;
        this.#underWay.delete(key);
        this.#onAnswer(key, answer);
      },
      () => isCurrent() && this.#underWay.delete(key),
    );
    return asked;
  }
}
