import assert from 'node:assert/strict';
import { runFlowNode, type Operation } from '../../nodes/shared/flow-node.js';
import type { Message, NodeStatus } from '../../nodes/shared/red.js';
import { showValue } from '../../nodes/shared/show-value.js';

const SETTINGS = { name: { value: '' } } as const;

/** A flow node of one operation, without Node-RED: what it showed and sent, and how its message ended. */
class Stage {
  readonly statuses: NodeStatus[] = [];
  readonly sent: unknown[] = [];
  #input: ((...args: unknown[]) => void) | undefined;

  constructor(operate: Operation<never>) {
    const server = { client: {}, join: () => () => undefined };
    const RED = {
      _: (key: string) => key,
      nodes: { createNode: () => undefined, getNode: () => server },
    };
    const node = {
      on: (event: string, listener: (...args: unknown[]) => void) => {
        if (event === 'input') this.#input = listener;
      },
      status: (status: NodeStatus) => void this.statuses.push(status),
      error: (error: unknown) => assert.fail(String(error)),
    };
    const saved = { id: 'n', type: 't', name: '', server: 's' };
    runFlowNode(RED as never, node as never, saved, SETTINGS, operate as never);
  }

  serve(msg: Message): Promise<Error | undefined> {
    const send = (sent: unknown): void => void this.sent.push(sent);
    return new Promise((resolve) => this.#input?.(msg, send, resolve));
  }

  /** What it shows in the end: of what comes closely one after the other it shows the last. */
  async settled(): Promise<NodeStatus | undefined> {
    await new Promise((resolve) => setTimeout(resolve, 300));
    return this.statuses.at(-1);
  }
}

describe('a flow node', () => {
  for (const [how, ends] of [
    ['succeeded', () => Promise.resolve({ messages: [], shown: 'done' })],
    ['failed', () => Promise.reject(new Error('failed'))],
  ] as const)
    it(`shows no wait of a message that has ${how}`, async () => {
      const waits: ((waitedMs: number) => void)[] = [];
      const stage = new Stage((work) => {
        waits.push(work.onWait);
        work.onWait(1_000);
        return ends();
      });
      await stage.serve({});
      for (const wait of waits) wait(6_000);
      const { fill } = (await stage.settled()) ?? {};
      assert.equal(fill, how === 'failed' ? 'red' : 'green');
    });

  it('goes on to show the waits of its other messages', async () => {
    const waits: ((waitedMs: number) => void)[] = [];
    let end = (): void => undefined;
    const stage = new Stage(async ({ onWait, msg }) => {
      waits.push(onWait);
      if (msg.slow) await new Promise<void>((resolve) => (end = resolve));
      return { messages: [], shown: 'done' };
    });
    const slow = stage.serve({ slow: true });
    await stage.serve({});
    waits[0]?.(6_000);
    assert.equal((await stage.settled())?.text?.endsWith('status.waiting'), true);
    end();
    await slow;
  });

  for (const [look, fill, shape] of [
    [undefined, 'green', 'dot'],
    ['partly', 'yellow', 'dot'],
    ['absent', 'grey', 'ring'],
  ] as const)
    it(`shows what was served ${look ?? 'well'} in ${fill}`, async () => {
      const stage = new Stage(() => Promise.resolve({ messages: [], shown: 'this', look }));
      await stage.serve({});
      assert.deepEqual(await stage.settled(), { fill, shape, text: 'this' });
    });

  it('sends many messages in their order, and lets others have their turn meanwhile', async () => {
    const messages = Array.from({ length: 400 }, (_, at) => ({ at }));
    const stage = new Stage(() => Promise.resolve({ messages, shown: '' }));
    const busy = Array.prototype.push.bind(stage.sent);
    stage.sent.push = (...sent: unknown[]) => {
      // A receiver that takes its time.
      for (const end = performance.now() + 0.5; performance.now() < end;);
      return busy(...sent);
    };
    let turns = 0;
    const others = setInterval(() => (turns += 1), 1);
    await stage.serve({});
    clearInterval(others);
    assert.deepEqual([...stage.sent], messages);
    assert.ok(turns >= 3, `${turns} turns of others`);
  });
});

describe('a value below a node', () => {
  const cyclic: unknown[] = [true, false];
  cyclic.push(cyclic, 1n, { deep: cyclic }, undefined, null, Symbol('s'), () => 1);
  const hostile = {
    toJSON: () => assert.fail('looked into'),
    toString: () => assert.fail('looked into'),
  };
  for (const [what, value, shown] of [
    ['a number', 21.5, '21.5'],
    ['a yes', true, '1'],
    ['bytes', Buffer.from([1, 255]), '01ff'],
    ['long bytes', Buffer.alloc(60_000), '0000000000000000000…'],
    ['an array', [1, false, 'x'], '1 0 x'],
    ['a long text', 'x'.repeat(100_000), 'xxxxxxxxxxxxxxxxxxx…'],
    ['an array that holds itself', cyclic, '1 0 … 1 … … null Sy…'],
    ['a bigint', 12n, '12'],
    ['an object with traps', hostile, '…'],
    ['nothing', undefined, '…'],
    ['no value', null, 'null'],
  ] as const)
    it(`is short, and never fails: ${what}`, () => assert.equal(showValue(value), shown));

  it('has its unit', () => assert.equal(showValue(21.5, '°C'), '21.5 °C'));
});
