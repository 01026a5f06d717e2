import { OwserverSimulator } from './owserver-simulator.js';
import type { Simulator, SimulatorOptions } from './types.js';

export type { Switches } from './server/answer.js';
export type { BusHandle } from './bus-handle.js';
export type { DeviceDefinition } from './device-definition.js';
export type { DeviceHandle } from './device-handle.js';
export type { Fault, FaultAction } from './server/faults.js';
export type { ValueSource } from './properties/value.js';
export type { Playing, Script, ScriptStep } from './script.js';
export type { RecordedRequest } from './server/recorder.js';
export type { Simulator, SimulatorOptions } from './types.js';
export { DEMO_DEVICES, DEMO_SCRIPT } from './demo-devices.js';

/** Starts an owserver stand-in; rejects when its port cannot be had. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = new OwserverSimulator(options);
  await simulator.listen();
  return simulator;
}
