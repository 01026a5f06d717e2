import { setTimeout as delay } from 'node:timers/promises';
import {
  startOwserverOnBuses,
  type ChipSetup,
  type OwserverOnBuses,
} from '../../test/support/bus/index.js';
import type { FlowNode, NodeRedProcess } from '../../test/support/node-red.js';
import { catchNode, serverNode } from '../flow.js';
import { match, randomEdges, toSteps, type Edge, type Report, type Told } from './edges.js';

/** A DS2408, whose inputs are the contacts. */
const SWITCH = '29.000000000001';

export const ALARM_S = 0.2;
export const CONVERT_S = 3;

/** From one edge to the next, in milliseconds. */
const GAP_MS = [150, 600] as const;

/** The nodes have begun to look by then. */
const RAMP_MS = 1_000;

/** An edge that is not told by then is lost, in milliseconds. */
const PATIENCE_MS = 3_000;

/** How far apart the clocks of two processes may be, in milliseconds. */
const APART_MS = 3;

/** What hangs on a bus beside the contacts, and is measured meanwhile. */
export interface Beside {
  /** No other one has it. */
  readonly id: string;
  readonly name: string;
  readonly thermometers: readonly ChipSetup[];
}

/** What became of the edges of a turn, and how many values of thermometers were read meanwhile. */
export type Turn = Told & { readonly values: number };

/** Contacts on a bus of their own, which an ow-dir node watches for their edges. */
export class Contacts {
  readonly name: string;
  readonly #id: string;
  readonly #world: OwserverOnBuses;
  readonly #temperatures: Readonly<Record<string, number | undefined>>;
  readonly #levels: boolean[] = [];

  private constructor({ id, name, thermometers }: Beside, world: OwserverOnBuses) {
    this.name = name;
    this.#id = id;
    this.#world = world;
    this.#temperatures = Object.fromEntries(
      thermometers.map((chip) => [`/${chip.id}/temperature`, chip.temperature]),
    );
  }

  /** Starts the bus, with an owserver. */
  static async start(beside: Beside): Promise<Contacts> {
    const devices = [{ id: SWITCH }, ...beside.thermometers];
    return new Contacts(beside, await startOwserverOnBuses({ buses: [{ devices }] }));
  }

  get server(): FlowNode {
    return serverNode(`${this.#id}-server`, this.#world.port);
  }

  /** The nodes that watch, which begin when they are told to. */
  get nodes(): FlowNode[] {
    const [id, server] = [this.#id, `${this.#id}-server`];
    const how = { server, once: true, results: 'object' };
    const alarm = { list: 'alarm', path: '/', emit: 'change', latch: 'reset', arm: true };
    const convert = { path: '28.*/temperature', source: 'convert' };
    const stamp = [{ t: 'set', p: 'at', pt: 'msg', to: '', tot: 'date' }];
    const reads = Object.keys(this.#temperatures).length > 0;
    const start = reads ? [`${id}-dir`, `${id}-read`] : [`${id}-dir`];
    const read: FlowNode = { id: `${id}-read`, type: 'ow-read', ...how, ...convert };
    return [
      { id: `${id}-action`, type: 'test-inject', wires: [start] },
      {
        ...{ id: `${id}-dir`, type: 'ow-dir', ...how, results: 'array', ...alarm },
        ...{ repeat: ALARM_S, wires: [[`${id}-stamp`]] },
      },
      { id: `${id}-stamp`, type: 'change', rules: stamp, wires: [[`${id}-alarms`]] },
      { id: `${id}-alarms`, type: 'test-probe', wires: [] },
      { id: `${id}-values`, type: 'test-probe', wires: [] },
      catchNode(`${id}-dir`, `${id}-values`),
      ...(reads ? [{ ...read, repeat: CONVERT_S, wires: [[`${id}-values`]] }] : []),
      ...(reads ? [catchNode(`${id}-read`, `${id}-values`)] : []),
    ];
  }

  /** Lets so many edges happen while all is watched. @throws Error when a value or a level was not right */
  async run(nodeRed: NodeRedProcess, count: number): Promise<Turn> {
    const before = nodeRed.messages.length;
    await this.act(nodeRed, 'start');
    try {
      await delay(RAMP_MS);
      const edges = await this.#play(randomEdges(count, GAP_MS, this.#levels));
      await delay((edges.at(-1)?.at ?? 0) - Date.now() + PATIENCE_MS);
      const heard = nodeRed.messages.slice(before);
      const values = heard.filter(({ probe }) => probe === `${this.#id}-values`);
      const alarms = heard.filter(({ probe }) => probe === `${this.#id}-alarms`);
      const told = match(
        edges,
        alarms.flatMap(({ msg }) => reportsOf(msg)),
      );
      if (told.wrong > 0) throw new Error(`${told.wrong} edges were told with a wrong level.`);
      return { ...told, values: values.reduce((sum, { msg }) => sum + this.#count(msg), 0) };
    } finally {
      await this.act(nodeRed, 'stop');
    }
  }

  /** Lets the nodes begin, or end, to look by themselves. */
  act(nodeRed: NodeRedProcess, action: 'start' | 'stop'): Promise<void> {
    return nodeRed.inject(`${this.#id}-action`, { action });
  }

  stop(): Promise<void> {
    return this.#world.stop();
  }

  /** How many values a message has, all of them right. */
  #count({ payload, error }: Readonly<Record<string, unknown>>): number {
    if (error) throw new Error(`A look failed: ${JSON.stringify(error)}`);
    const values = Object.entries(payload as Record<string, unknown>);
    for (const [path, value] of values)
      if (value !== this.#temperatures[path])
        throw new Error(`${path} was read as ${String(value)}.`);
    return values.length;
  }

  /** Plays the edges; with their moments in milliseconds since 1970. */
  async #play(edges: readonly Edge[]): Promise<Edge[]> {
    const asked = Date.now();
    const { startedAt } = await this.#world.buses[0]!.play(toSteps(SWITCH, edges));
    if (startedAt < asked - APART_MS || startedAt > Date.now() + APART_MS)
      throw new Error('The clocks of two processes went apart: was the time of day set?');
    return edges.map((edge) => ({ ...edge, at: startedAt + edge.at }));
  }
}

/** What a message of ow-dir says of the contacts. */
function reportsOf({ at, owserver }: Readonly<Record<string, unknown>>): Report[] {
  const { added = [] } = owserver as {
    added?: readonly { id: string; channels?: readonly number[]; state?: readonly boolean[] }[];
  };
  const { channels = [], state = [] } = added.find(({ id }) => id === SWITCH) ?? {};
  // A message of the same millisecond may be later than its edge all the same.
  return channels.map((channel) => ({
    channel,
    level: state[channel] ?? false,
    at: Number(at) + 1,
  }));
}
