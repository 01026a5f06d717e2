import type { ChildProcess } from 'node:child_process';
import type { Exit } from './child.js';
import type { ProbeMessage } from './inbox.js';

/** What the probe inside Node-RED tells, see node-red-probe.ts. */
export type Report =
  | ({ kind: 'message' } & ProbeMessage)
  | { kind: 'injected'; call: number; found: boolean }
  | { kind: 'listening'; port: number }
  | { kind: 'started' }
  | { kind: 'missing'; types: string[] };

/** Takes a report; true when it was the one waited for, an error when it never will come. */
export type Expected = (report: Report) => boolean | Error;

/** The IPC channel to the probe inside one Node-RED process. */
export class Channel {
  readonly #child: ChildProcess;
  readonly #exited: Promise<Exit>;

  constructor(child: ChildProcess, exited: Promise<Exit>) {
    this.#child = child;
    this.#exited = exited;
    // A test may send many messages at once, each with a listener for its answer.
    child.setMaxListeners(0);
  }

  /** Calls back with every report from now on. */
  listen(onReport: (report: Report) => void): () => void {
    const listener = (text: unknown): void => onReport(parse(text));
    this.#child.on('message', listener);
    return () => this.#child.off('message', listener);
  }

  /** Sends a command to the probe. */
  send(command: Readonly<Record<string, unknown>>): void {
    this.#child.send(JSON.stringify(command));
  }

  /**
   * Resolves when the expected report came; fails when it cannot come any more, or not within
   * `waitMs`.
   */
  async expect(what: string, waitMs: number, expected: Expected): Promise<void> {
    const cleanUp: (() => void)[] = [];
    try {
      await new Promise<void>((resolve, reject) => {
        const stop = this.listen((report) => {
          const answer = expected(report);
          if (answer instanceof Error) reject(answer);
          else if (answer) resolve();
        });
        const timer = setTimeout(
          () => reject(new Error(`Node-RED ${what}: not within ${waitMs} ms`)),
          waitMs,
        );
        timer.unref();
        cleanUp.push(stop, () => clearTimeout(timer));
        this.#exited.then(({ code, signal }) => {
          reject(new Error(`Node-RED ended (${code ?? signal ?? '?'}) before it ${what}`));
        }, reject);
      });
    } finally {
      for (const step of cleanUp) step();
    }
  }
}

function parse(text: unknown): Report {
  const revive = (_key: string, value: unknown): unknown =>
    isBufferJson(value) ? Buffer.from(value.data) : value;
  return JSON.parse(String(text), revive) as Report;
}

function isBufferJson(value: unknown): value is { type: 'Buffer'; data: number[] } {
  const candidate = value as { type?: unknown; data?: unknown } | null;
  return candidate?.type === 'Buffer' && Array.isArray(candidate.data);
}
