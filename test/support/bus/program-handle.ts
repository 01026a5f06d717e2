import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { end, exitOf, type Exit } from '../child.js';
import type { Answers, Order, Reply, Request } from './protocol.js';

const STOP_MS = 2_000;

interface Waiting {
  resolve: (value: Answers[Order['type']]) => void;
  reject: (error: Error) => void;
}

/** The program of one bus, from outside. */
export class ProgramHandle {
  readonly #child: ChildProcess;
  readonly #exited: Promise<Exit>;
  readonly #waiting = new Map<number, Waiting>();
  #number = 0;

  constructor() {
    this.#child = fork(join(__dirname, 'program.ts'), {
      execArgv: ['--require', 'tsx/cjs'],
      // Infinity survives it.
      serialization: 'advanced',
    });
    this.#exited = exitOf(this.#child);
    this.#child.on('message', (reply: Reply) => this.#settle(reply));
    void this.#exited.finally(() => this.#giveUp()).catch(() => undefined);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Resolves with the answer to an order. */
  ask<T extends Order>(order: T): Promise<Answers[T['type']]> {
    const number = (this.#number += 1);
    return new Promise((resolve, reject) => {
      const settle = resolve as Waiting['resolve'];
      this.#waiting.set(number, { resolve: settle, reject });
      const request: Request = { number, order };
      this.#child.send(request, (error) => {
        if (error) reject(error);
      });
    });
  }

  /** Ends the program and waits for its end. */
  async stop(): Promise<void> {
    await end(this.#child, this.#exited, 'SIGTERM', STOP_MS);
  }

  #settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply.number);
    this.#waiting.delete(reply.number);
    if ('error' in reply) waiting?.reject(new Error(reply.error));
    else waiting?.resolve(reply.value);
  }

  #giveUp(): void {
    for (const { reject } of this.#waiting.values()) reject(new Error('The bus has ended'));
    this.#waiting.clear();
  }
}
