import assert from 'node:assert/strict';
import type { OwserverClient } from '../../../client/index.js';
import { startSimulator, type Simulator } from '../../../simulator/index.js';
import { loadFlow, unloadFlow, type Flow } from '../flow.js';

const LIVING = '28.021000000000';
const GARDEN = '28.022000000000';
const ALL = '/28.*/temperature';

const temperature = (id: string): string => `/${id}/temperature`;

describe('an ow-read node that reads by itself', () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({
      conversionMs: 0,
      devices: [
        { id: LIVING, alias: 'living', values: { temperature: 21.5 } },
        { id: GARDEN, values: { temperature: 7.1875 } },
      ],
    });
  });
  afterEach(async () => {
    await unloadFlow();
    await simulator.close();
  });

  const flow = (fields: Record<string, unknown> = {}): Promise<Flow> =>
    loadFlow(
      { type: 'ow-read', source: 'uncached', repeat: '0.1', once: true, path: ALL, ...fields },
      { host: '127.0.0.1', port: String(simulator.port) },
    );
  const clientOf = ({ server }: Flow) => (server as unknown as { client: OwserverClient }).client;

  it('sends a value again and again, with its topic and details', async () => {
    const { sent } = await flow({ path: temperature(LIVING) });
    const msg = await sent.next();
    assert.deepEqual([msg.payload, msg.topic], [21.5, temperature(LIVING)]);
    assert.equal((msg.owserver as { name: string }).name, 'living');
    assert.notEqual((await sent.next())._msgid, msg._msgid);
  });

  it('sends those of a pattern in the form that is set', async () => {
    const { sent } = await flow({ results: 'messages' });
    const [first, second] = [await sent.next(), await sent.next()];
    assert.deepEqual(
      [first.topic, second.topic, first.parts?.count, second.parts?.index],
      [temperature(LIVING), temperature(GARDEN), 2, 1],
    );
    await unloadFlow();
    const { payload } = await (await flow({ decimals: '1' })).sent.next();
    assert.deepEqual(payload, { [temperature(LIVING)]: 21.5, [temperature(GARDEN)]: 7.2 });
  });

  it('sends what changed, and nothing else', async () => {
    const { sent } = await flow({ emit: 'change' });
    assert.equal(Object.keys((await sent.next()).payload as object).length, 2);
    simulator.device(GARDEN).set('temperature', 8);
    assert.deepEqual((await sent.next()).payload, { [temperature(GARDEN)]: 8 });
    assert.equal(sent.all.length, 2);
  });

  it('reads for a message at once, beside its repeat, and compares with what was sent', async () => {
    const { sent, send } = await flow({
      path: temperature(LIVING),
      emit: 'change',
      repeat: '3600',
    });
    await sent.next();
    assert.deepEqual((await send({})).messages, []);
    simulator.device(LIVING).set('temperature', 22);
    assert.equal((await send({})).messages[0]?.payload, 22);
  });

  it('reads a lost sensor, too, when a message asks for it', async () => {
    const { sent, send, caught } = await flow({ path: temperature(LIVING), emit: 'change' });
    await sent.next();
    simulator.device(LIVING).pull();
    await caught.next();
    simulator.device(LIVING).plug();
    const back = (await send({})).messages[0];
    assert.equal(back?.payload, 21.5);
    assert.equal((back.owserver as { back?: boolean }).back, true);
  });

  it('takes its path from an expression that fails, and goes on', async () => {
    const { send } = await flow({
      path: '$number("x")',
      pathType: 'jsonata',
      repeat: '',
      once: false,
    });
    assert.match(String((await send({})).error?.message), /cannot be evaluated/);
    assert.match(String((await send({})).error?.message), /cannot be evaluated/);
  });

  it('reads once at its start without a repeat', async () => {
    const { sent, send } = await flow({ path: temperature(LIVING), repeat: '' });
    assert.equal((await sent.next()).payload, 21.5);
    assert.equal((await send({})).messages.length, 1);
  });

  it('shows figures for people, and sends all of them', async () => {
    const { sent, shows } = await flow({ path: temperature(GARDEN) });
    await shows(({ text }) => text === '7.19 °C');
    assert.equal((await sent.next()).payload, 7.1875);
  });

  it('tells Catch nodes once of a sensor that is lost, shows it, and says when it is back', async () => {
    const loaded = await flow({ results: 'messages' });
    const { sent, caught, shows } = loaded;
    await sent.next();
    simulator.device(GARDEN).pull();
    const told = await caught.next();
    assert.equal(told.topic, temperature(GARDEN));
    assert.equal((told.error as { code: string }).code, 'EOW_ABSENT');
    await shows(({ fill, text }) => fill === 'yellow' && (text?.includes('missing') ?? false));
    const one = sent.next(({ parts }) => parts?.count === 1);
    assert.equal((await one).topic, temperature(LIVING));
    simulator.device(GARDEN).plug();
    // It is found at once by whoever asks for it alone.
    await clientOf(loaded).read(temperature(GARDEN), { source: 'uncached' });
    const back = await sent.next(({ topic }) => topic === temperature(GARDEN));
    assert.equal((back.owserver as { back?: boolean }).back, true);
    const next = await sent.next(({ topic }) => topic === temperature(GARDEN));
    assert.equal('back' in (next.owserver as object), false);
    assert.equal(caught.all.length, 1);
  });

  it('names in msg.owserver.back those that are back, and has no error for those that may be missing', async () => {
    const loaded = await flow({ missing: 'ignore' });
    const { sent, caught } = loaded;
    await sent.next();
    simulator.device(GARDEN).pull();
    await sent.next(({ payload }) => Object.keys(payload as object).length === 1);
    simulator.device(GARDEN).plug();
    await clientOf(loaded).read(temperature(GARDEN), { source: 'uncached' });
    const { owserver } = await sent.next(({ owserver }) => 'back' in (owserver as object));
    assert.deepEqual((owserver as { back: string[] }).back, [temperature(GARDEN)]);
    assert.equal(caught.all.length, 0);
  });

  it('tells Catch nodes once of a value that cannot be right, or marks it', async () => {
    simulator.device(GARDEN).set('temperature', 64);
    const { sent, caught } = await flow({ rangeMax: '50' });
    assert.match(String(((await caught.next()) as { error?: Error }).error?.message), /64.*50/);
    assert.deepEqual((await sent.next()).payload, { [temperature(LIVING)]: 21.5 });
    await sent.next();
    assert.equal(caught.all.length, 1);
    await unloadFlow();
    const flags = await flow({ rangeMax: '50', implausible: 'flag', path: temperature(GARDEN) });
    const marked = await flags.sent.next();
    assert.equal(marked.payload, 64);
    assert.equal((marked.owserver as { implausible: boolean }).implausible, true);
  });

  it('tells once that owserver is away, and goes on by itself', async () => {
    const { sent, caught } = await flow({ path: temperature(LIVING) });
    await sent.next();
    const { port } = simulator;
    await simulator.close();
    const { error } = await caught.next();
    assert.ok(['EOW_CONNECT', 'EOW_CLOSED'].includes((error as { code: string }).code));
    const before = sent.all.length;
    simulator = await startSimulator({
      port,
      conversionMs: 0,
      devices: [{ id: LIVING, values: { temperature: 19 } }],
    });
    await sent.next(({ payload }) => payload === 19);
    assert.ok(sent.all.length > before);
    assert.equal(caught.all.length, 1);
  });

  it('stops and starts by msg.action', async () => {
    const { sent, send, shows } = await flow({ path: temperature(LIVING) });
    await sent.next();
    const stopped = await send({ action: 'stop' });
    assert.deepEqual([stopped.messages, stopped.error], [[], undefined]);
    await shows(({ text }) => text?.includes('stopped') ?? false);
    const count = sent.all.length;
    assert.equal((await send({})).messages.length, 1);
    await send({ action: 'start' });
    while (sent.all.length < count + 3) await sent.next();
  });

  it('disconnects the server by msg.action, without an error of its repeat, and connects it again', async () => {
    const { sent, send, caught, shows } = await flow({ path: temperature(LIVING) });
    await sent.next();
    await send({ action: 'disconnect' });
    await shows(({ text }) => String(text).includes('off'));
    const refused = await send({});
    assert.equal(refused.error?.code, 'EOW_CLOSED');
    assert.match(refused.error.message, /on purpose/);
    const count = sent.all.length;
    assert.equal((await send({ action: 'connect' })).error, undefined);
    while (sent.all.length < count + 2) await sent.next();
    assert.equal(caught.all.length, 1);
  });

  it('refuses an action that it does not know, or cannot do', async () => {
    const { send } = await flow({ path: temperature(LIVING), repeat: '', once: false });
    const unknown = await send({ action: 'strat' });
    assert.match(unknown.error?.message ?? '', /"strat".*connect, disconnect, start, stop/);
    const none = await send({ action: 'start' });
    assert.match(none.error?.message ?? '', /without a repeat/);
  });

  it('says at its start what is wrong with its settings', async () => {
    const { caught, shows } = await flow({ repeat: '0.01' });
    await shows(({ text }) => text?.includes('misconfigured') ?? false);
    assert.equal(caught.all.length, 0);
  });

  it('counts what it left out while a look took longer than its repeat', async () => {
    await simulator.close();
    simulator = await startSimulator({
      conversionMs: 350,
      devices: [{ id: LIVING, values: { temperature: 21.5 } }],
    });
    const { sent } = await flow({ path: temperature(LIVING) });
    const { owserver } = await sent.next(({ owserver }) => 'skipped' in (owserver as object));
    assert.ok((owserver as { skipped: number }).skipped >= 1);
  });

  it('reads no more when it is gone', async () => {
    const { sent } = await flow({ path: temperature(LIVING) });
    await sent.next();
    await unloadFlow();
    const count = simulator.requests.length;
    await new Promise((resolve) => setTimeout(resolve, 250));
    assert.equal(simulator.requests.length, count);
  });
});
