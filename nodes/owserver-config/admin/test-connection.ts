import { OwError, OwserverClient, type OwserverOptions } from '../../../client/index.js';
import type { TestRequest, TestResult } from '../../../contract/admin-api.js';
import type { NodeAPI, RuntimeNode } from '../../shared/red.js';
import { OWSERVER_DEFAULTS, type OwserverConfig } from '../config.js';
import { tlsOptions, toClientOptions } from '../client-options.js';
import { simulatedBus } from '../simulated-bus.js';
import { isVariable, shownAs, variableName, withoutVariables, type Written } from '../variables.js';
import type { Unchecked } from './endpoint-registry.js';
import { Refusal } from './endpoint.js';
import { survey, type SurveyTimeouts } from './survey.js';

/** A test is quick or says what it knows. */
const TIMEOUTS: SurveyTimeouts = { totalMs: 15_000, listMs: 6_000 };

/** Longest wait for a connection, so that time is left to ask something. */
const MAX_CONNECT_MS = 12_000;

/** Longest silence. */
const MAX_INACTIVITY_MS = 10_000;

/** Most tests at a time. */
const MAX_TESTS = 4;

/** Buses are listed all at once: a dead one must not keep the others waiting. */
const CONNECTIONS = 10;

let running = 0;

/**
 * Tries the values of a form with a client made for it, which is closed in every case.
 * @throws OwError that says why there is no connection, Refusal while too many others are under way.
 */
export async function testConnection(
  RED: NodeAPI,
  form: Record<string, unknown>,
): Promise<TestResult> {
  if (running >= MAX_TESTS) throw new Refusal(503, 'busy');
  running += 1;
  try {
    const config = await toConfig(RED, form);
    return await (config.simulator ? onSimulatedBus(config) : onOwserver(RED, config, form));
  } catch (thrown) {
    throw thrown instanceof OwError ? withoutVariables(thrown, form) : thrown;
  } finally {
    running -= 1;
  }
}

/** Who may test connections may not look up variables: what is said shows their names instead. */
async function onOwserver(
  RED: NodeAPI,
  config: OwserverConfig,
  form: Written,
): Promise<TestResult> {
  const named = shownAs(form);
  const client = open({ ...toClientOptions(config, tlsOptions(RED, config)), shownAs: named });
  try {
    const { host, port } = client.options;
    return { simulated: false, host, port, ...named, ...(await survey(client, TIMEOUTS)) };
  } finally {
    client.close();
  }
}

async function onSimulatedBus(config: OwserverConfig): Promise<TestResult> {
  const { dial, close } = simulatedBus();
  const address = { host: 'simulator', port: OWSERVER_DEFAULTS.port };
  const client = open({ ...toClientOptions(config), ...address, dial });
  try {
    return { simulated: true, ...address, ...(await survey(client, TIMEOUTS)) };
  } finally {
    client.close();
    // What went wrong with the simulator was said by the connection to it.
    await close().catch(() => undefined);
  }
}

/** The values of the form, with those of the environment where they are named. */
async function toConfig(RED: NodeAPI, form: Record<string, unknown>): Promise<OwserverConfig> {
  const { id: given }: Unchecked<TestRequest> = form;
  const id = typeof given === 'string' ? given : '';
  const config: Record<string, unknown> = { id, type: 'owserver-config', ...OWSERVER_DEFAULTS };
  for (const name of Object.keys(OWSERVER_DEFAULTS)) {
    if (form[name] !== undefined) config[name] = await resolved(RED, id, form[name]);
  }
  return config as unknown as OwserverConfig;
}

/** As Node-RED does for a deployed node: a variable that there is not stays as it is written. */
async function resolved(RED: NodeAPI, id: string, value: unknown): Promise<unknown> {
  if (!isVariable(value)) return value;
  const found = await new Promise<unknown>((resolve) => {
    // A node that is not deployed yet knows the environment of the process alone.
    const node = RED.nodes.getNode(id) as RuntimeNode;
    const name = `\${${variableName(value)}}`;
    RED.util.evaluateNodeProperty(name, 'env', node, {}, (_error, result) => resolve(result));
  });
  return found === '' || found === undefined ? value : found;
}

/** A client that is bounded in time, once all values were checked as they will be used. */
function open(wanted: OwserverOptions): OwserverClient {
  const { connectTimeoutMs, inactivityTimeoutMs } = new OwserverClient(wanted).options;
  return new OwserverClient({
    ...wanted,
    connections: CONNECTIONS,
    connectTimeoutMs: Math.min(connectTimeoutMs, MAX_CONNECT_MS),
    inactivityTimeoutMs: Math.min(inactivityTimeoutMs, MAX_INACTIVITY_MS),
    requestTimeoutMs: TIMEOUTS.totalMs,
  });
}
