import type { Switches } from './server/answer.js';
import type { BusHandle } from './bus-handle.js';
import type { DeviceHandle } from './device-handle.js';
import type { DeviceDefinition } from './device-definition.js';
import type { Fault } from './server/faults.js';
import type { Playing, Script } from './script.js';
import type { RecordedRequest } from './server/recorder.js';

/** How a simulator is to be; all times in milliseconds. */
export interface SimulatorOptions {
  /** @default 0, a free one */
  port?: number;
  /** @default '127.0.0.1' */
  host?: string;
  /** @default DEMO_DEVICES */
  devices?: readonly DeviceDefinition[];
  /** How many buses there are. @default one, or as many as the devices ask for */
  buses?: number;
  /** Numbers of the buses that are not its own, each that of another owserver behind it. @default none */
  remotes?: readonly number[];
  /** Switches of owserver's command line, and what an ancient one lacks. @default none */
  switches?: Switches;
  /** What happens on its buses by itself, from the start on. @default nothing */
  script?: Script;
  faults?: readonly Fault[];
  /** Connections that may be persistent at a time. @default 20 */
  maxPersistent?: number;
  /** A temperature conversion of 12 bits; each bit less halves it. @default 750 */
  conversionMs?: number;
  /**
   * How long the last attempt to convert with a sensor that is gone holds its bus, when owserver
   * had read it before. @default twice `conversionMs`, as on a real bus
   */
  absentMs?: number;
  /**
   * How long a bus that is dead holds each transfer; a search takes six of them. @default 0, a real
   * one 5000
   */
  deadMs?: number;
  /** Time between the keep-alives of a slow answer, and before the first. @default 1000 */
  keepAliveMs?: number;
  /** Longest silence before the first request of a connection, and inside one. @default 10000 */
  serverTimeoutMs?: number;
  /** Longest silence between the requests of a persistent connection. @default 600000 */
  idleTimeoutMs?: number;
  /** The clock that values, caches and conversions follow. @default Date.now */
  now?: () => number;
}

/** A running owserver stand-in. */
export interface Simulator {
  readonly host: string;
  readonly port: number;
  /** The last 1000 requests. */
  readonly requests: readonly RecordedRequest[];
  /** Connections open now. */
  readonly connections: number;
  /** Answers that a `hold` keeps back now. */
  readonly held: number;
  /** The first request that matches, of those that came already or will come. */
  waitFor(matches: (request: RecordedRequest) => boolean): Promise<RecordedRequest>;
  /** Resolves when exactly so many connections are open. */
  waitForConnections(count: number): Promise<void>;
  /** The device with this id, in any format. @throws Error when no bus has it */
  device(id: string): DeviceHandle;
  /**
   * Plugs a new device in, behind the others of its bus. @throws Error when there is no such bus
   */
  add(definition: DeviceDefinition): DeviceHandle;
  /** The bus with this number. @throws Error when there is none */
  bus(number: number): BusHandle;
  /**
   * Plays a script from now on, by the clock of the simulator and beside those that go on: doors that
   * open, keys that come and go, sensors that are lost. What is due is done before the bus is next used.
   * @throws Error when a device or a property of it is not there, or a time does not fit
   */
  play(script: Script): Playing;
  addFault(fault: Fault): void;
  clearFaults(): void;
  /** Lets the answers go that a `hold` keeps back: the first `count`, or all. */
  release(count?: number): void;
  /** Ends every connection at once, as a server that is killed; new ones are still taken. */
  dropConnections(): void;
  /** Ends the server, its connections and its timers. */
  close(): Promise<void>;
}
