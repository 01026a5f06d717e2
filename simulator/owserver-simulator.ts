import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleepFor } from 'node:timers/promises';
import type { Timing } from './bus/bus.js';
import type { Device } from './bus/device.js';
import { busHandleOf, type BusHandle } from './bus-handle.js';
import { handleOf, type DeviceHandle } from './device-handle.js';
import type { DeviceDefinition } from './device-definition.js';
import { DEMO_DEVICES } from './demo-devices.js';
import { FAMILIES, familiesWithout } from './bus/families.js';
import { FaultPlan, Gate, type Fault } from './server/faults.js';
import { Network } from './bus/network.js';
import { Recorder, type RecordedRequest } from './server/recorder.js';
import { momentsOf, type Playing, type Script } from './script.js';
import { parseSerial } from './serial.js';
import { Session, type Shared } from './server/session.js';
import { Stage } from './stage.js';
import { makeWorld } from './tree/world.js';
import type { Simulator, SimulatorOptions } from './types.js';

/** owserver's own limits; owlib/src/c/globals.c. */
const MAX_PERSISTENT = 20;
const SERVER_TIMEOUT_MS = 10_000;
const IDLE_TIMEOUT_MS = 600_000;
const KEEP_ALIVE_MS = 1_000;
const CONVERSION_MS = 750;

/** The server: it listens, counts connections, and holds what its sessions share. */
export class OwserverSimulator implements Simulator {
  readonly host: string;
  readonly #wantedPort: number;
  readonly #now: () => number;
  readonly #stage = new Stage();
  readonly #network: Network;
  readonly #shared: Shared;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #ending = new AbortController();
  #accepted = 0;
  #persistent = 0;

  constructor(options: SimulatorOptions) {
    this.host = options.host ?? '127.0.0.1';
    this.#wantedPort = options.port ?? 0;
    this.#now = options.now ?? Date.now;
    this.#network = this.#makeNetwork(options);
    this.#shared = this.#share(options);
    for (const fault of options.faults ?? []) this.addFault(fault);
    if (options.script) this.play(options.script);
    this.#server = createServer({ allowHalfOpen: true }, (socket) => this.#accept(socket));
  }

  /** Resolves when clients can connect. */
  listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#wantedPort, this.host, () => resolve());
    });
  }

  get port(): number {
    const address = this.#server.address() as AddressInfo | null;
    return address?.port ?? this.#wantedPort;
  }

  get requests(): readonly RecordedRequest[] {
    return this.#shared.recorder.requests;
  }

  get connections(): number {
    return this.#sockets.size;
  }

  get held(): number {
    return this.#shared.gate.held;
  }

  waitFor(matches: (request: RecordedRequest) => boolean): Promise<RecordedRequest> {
    return this.#shared.recorder.waitFor(matches);
  }

  waitForConnections(count: number): Promise<void> {
    return this.#shared.recorder.waitForConnections(count);
  }

  device(id: string): DeviceHandle {
    return this.#handle(this.#device(id));
  }

  add(definition: DeviceDefinition): DeviceHandle {
    return this.#handle(this.#network.plug(definition));
  }

  play(script: Script): Playing {
    const moments = momentsOf(script, (id) => this.#device(id));
    const now = this.#now();
    this.#stage.goOn(now);
    const loopMs = script.loop === undefined ? undefined : script.loop * 1000;
    return { stop: this.#stage.play(moments, now, loopMs) };
  }

  bus(number: number): BusHandle {
    const bus = this.#network.buses[number];
    if (!bus) throw new Error(`There is no bus ${number}: set buses to more than that.`);
    return busHandleOf(bus);
  }

  addFault(fault: Fault): void {
    this.#shared.faults.add(fault);
  }

  clearFaults(): void {
    this.#shared.faults.clear();
  }

  release(count?: number): void {
    this.#shared.gate.release(count);
  }

  dropConnections(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  async close(): Promise<void> {
    this.#ending.abort();
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
    await this.waitForConnections(0);
  }

  #device(id: string): Device {
    const serial = parseSerial(id);
    const device = serial && this.#network.device(serial);
    if (device) return device;
    throw new Error(`No device ${id} on this bus: check the id, or plug it in with add().`);
  }

  #handle(device: Device): DeviceHandle {
    return handleOf(device, { now: this.#now, stage: this.#stage });
  }

  #makeNetwork(options: SimulatorOptions): Network {
    const { devices = DEMO_DEVICES, conversionMs = CONVERSION_MS, switches } = options;
    const timing: Timing = {
      conversionMs,
      absentMs: options.absentMs ?? 2 * conversionMs,
      deadMs: options.deadMs ?? 0,
      now: this.#now,
      goOn: () => this.#stage.goOn(this.#now()),
      sleep: (ms) => this.#sleep(ms),
    };
    const count = Math.max(1, ...devices.map(({ bus = 0 }) => bus + 1));
    const families = switches?.noLatesttemp === true ? familiesWithout('latesttemp') : FAMILIES;
    const network = new Network(options.buses ?? count, families, timing, options.remotes);
    for (const definition of devices) network.plug(definition);
    return network;
  }

  #share(options: SimulatorOptions): Shared {
    const places =
      options.switches?.noPersistence === true ? 0 : (options.maxPersistent ?? MAX_PERSISTENT);
    return {
      world: makeWorld(this.#network, this.#now, options.switches?.noStructure !== true),
      switches: options.switches ?? {},
      recorder: new Recorder(),
      faults: new FaultPlan(),
      gate: new Gate(),
      keepAliveMs: options.keepAliveMs ?? KEEP_ALIVE_MS,
      serverTimeoutMs: options.serverTimeoutMs ?? SERVER_TIMEOUT_MS,
      idleTimeoutMs: options.idleTimeoutMs ?? IDLE_TIMEOUT_MS,
      sleep: (ms) => this.#sleep(ms),
      grant: () => this.#persistent < places && (this.#persistent += 1) > 0,
      giveBack: () => (this.#persistent -= 1),
    };
  }

  #sleep(ms: number): Promise<void> {
    return sleepFor(ms, undefined, { signal: this.#ending.signal });
  }

  #accept(socket: Socket): void {
    this.#accepted += 1;
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    socket.once('close', () => this.#forget(socket));
    new Session(socket, this.#accepted, this.#shared);
    this.#shared.recorder.connections = this.#sockets.size;
  }

  #forget(socket: Socket): void {
    this.#sockets.delete(socket);
    this.#shared.recorder.connections = this.#sockets.size;
  }
}
