import { OwError, type ClientStatus } from '../../client/index.js';
import { isOutage } from './failure.js';
import type { NodeAPI, NodeStatus, RuntimeNode } from './red.js';
import { CATALOGUE } from '../../words/sentences.js';

/** The editor redraws at each status: more often than this nobody can read it. */
const QUIET_MS = 250;

/** How a message that was served looks. */
const LOOKS = {
  well: { fill: 'green', shape: 'dot' },
  /** A part of what was asked for failed. */
  partly: { fill: 'yellow', shape: 'dot' },
  /** What was looked for is not there. */
  absent: { fill: 'grey', shape: 'ring' },
} as const satisfies Record<string, NodeStatus>;

/** How a message that was served looks below the node. */
export type Look = keyof typeof LOOKS;

/**
 * Shows the state of a node: of its connection, of its last message, and of a wait for the bus. What is
 * shown later is made now: by then a message belongs to other nodes, which may have changed it.
 */
export class StatusLine {
  readonly #node: RuntimeNode;
  readonly #translate: NodeAPI['_'];
  #next: NodeStatus | undefined;
  #timer: NodeJS.Timeout | undefined;
  #shownAt = -Infinity;
  #shown = '';
  #closed = false;
  #isMisconfigured = false;

  constructor(RED: NodeAPI, node: RuntimeNode) {
    this.#node = node;
    this.#translate = (key, params) => RED._(`${CATALOGUE}${key}`, params);
  }

  /** The connection changed. */
  connection(status: ClientStatus): void {
    if (this.#isMisconfigured) return;
    this.#show(this.#ofConnection(status));
  }

  /** A message was served; `text` is what people see of it. */
  succeeded(text: string, look: Look = 'well'): void {
    // Not spread, which takes longer than all else here: this is done for every message.
    const { fill, shape } = LOOKS[look];
    this.#show({ fill, shape, text: text || this.#translate('status.connected') });
  }

  /** A message failed. */
  failed(error: Error): void {
    if (isOutage(error)) return;
    if (error instanceof OwError && error.id === 'deviceLost') {
      this.#show({ ...LOOKS.absent, text: this.#translate('status.absent') });
      return;
    }
    const code = error instanceof OwError ? error.code : 'other';
    this.#show({ fill: 'red', shape: 'ring', text: this.#translate(`short.${code}`) });
  }

  /** owserver said that it is still waiting for the bus. */
  waiting(waitedMs: number): void {
    const seconds = Math.round(waitedMs / 1000);
    const text = this.#translate('status.waiting', { seconds });
    this.#show({ fill: 'yellow', shape: 'ring', text });
  }

  /** The node does not look by itself any more. */
  stopped(): void {
    this.#show({ fill: 'grey', shape: 'ring', text: this.#translate('status.stopped') });
  }

  /** The configuration is wrong, whatever the connection. */
  misconfigured(): void {
    this.#isMisconfigured = true;
    this.#show({ fill: 'red', shape: 'ring', text: this.#translate('status.misconfigured') });
  }

  /** From now on nothing is shown: after a deploy another node has this id. */
  close(): void {
    clearTimeout(this.#timer);
    this.#closed = true;
  }

  #ofConnection(status: ClientStatus): NodeStatus {
    switch (status.type) {
      case 'idle':
      case 'closed':
        return {};
      case 'connecting':
        return { fill: 'yellow', shape: 'ring', text: this.#translate('status.connecting') };
      case 'connected':
        return { fill: 'green', shape: 'dot', text: this.#translate('status.connected') };
      case 'off':
        return { fill: 'grey', shape: 'ring', text: this.#translate('status.off') };
      case 'disconnected':
        return { fill: 'yellow', shape: 'ring', text: this.#lost(status.error, status.retryInMs) };
    }
  }

  #lost(error: OwError, retryInMs?: number): string {
    const reason = this.#translate(`short.${error.id === 'refused' ? 'refused' : error.code}`);
    if (retryInMs === undefined) return reason;
    const seconds = Math.max(1, Math.round(retryInMs / 1000));
    return this.#translate('status.retry', { reason, seconds });
  }

  /** Shows it now, or, when something was shown a moment ago, the last of what came meanwhile. */
  #show(next: NodeStatus): void {
    if (this.#closed) return;
    this.#next = next;
    if (this.#timer !== undefined) return;
    const waitMs = this.#shownAt + QUIET_MS - performance.now();
    if (waitMs > 0) this.#timer = setTimeout(() => this.#flush(), waitMs).unref();
    else this.#flush();
  }

  #flush(): void {
    this.#timer = undefined;
    const status = this.#next;
    this.#next = undefined;
    const key = JSON.stringify(status);
    if (!status || key === this.#shown) return;
    this.#shown = key;
    this.#shownAt = performance.now();
    this.#node.status(status);
  }
}
