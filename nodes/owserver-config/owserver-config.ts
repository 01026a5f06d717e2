import { OwserverClient, toOwError, type ClientStatus } from '../../client/index.js';
import { localize, localized } from '../shared/localize.js';
import type { NodeAPI, RuntimeNode } from '../shared/red.js';
import type { ServerNode } from '../shared/server-node.js';
import { registerRoutes } from './admin/routes.js';
import { publishStatus } from './admin/publish-status.js';
import { OWSERVER_DEFAULTS, type OwserverConfig } from './config.js';
import { tlsOptions, toClientOptions } from './client-options.js';
import { simulatedBus, type SimulatedBus } from './simulated-bus.js';
import { Users } from './users.js';
import { shownAs, withoutVariables, writtenSettings, type Written } from './variables.js';

export = (RED: NodeAPI): void => {
  registerRoutes(RED);
  RED.nodes.registerType('owserver-config', function (this: RuntimeNode, saved: OwserverConfig) {
    RED.nodes.createNode(this, saved);
    const config = { ...OWSERVER_DEFAULTS, ...saved };
    const bus = config.simulator ? simulatedBus() : undefined;
    const written = writtenSettings(RED, saved);
    const { client, problem } = open(RED, config, written, bus);
    if (problem) this.error(localized(RED, problem));
    const users = new Users(client);
    this.users = users.byId;
    Object.assign(this, {
      client,
      problem,
      join: users.join.bind(users),
    } satisfies Partial<ServerNode>);
    client?.onStatus(logChanges(RED, this));
    publishStatus(RED, this.id, { client, problem }, written);
    this.on('close', (_removed, done) => {
      client?.close();
      if (bus)
        void bus
          .close()
          .catch(() => undefined)
          .then(() => done());
      else done();
    });
  });
};

/** The client of a configuration; or the error that says what is wrong with it. */
function open(
  RED: NodeAPI,
  config: OwserverConfig,
  written: Written,
  bus: SimulatedBus | undefined,
): Pick<ServerNode, 'client' | 'problem'> {
  try {
    const options = toClientOptions(config, bus ? undefined : tlsOptions(RED, config));
    const host = bus ? { host: 'simulator', port: OWSERVER_DEFAULTS.port, dial: bus.dial } : {};
    const named = { shownAs: shownAs(written) };
    return { client: new OwserverClient({ ...options, ...named, ...host }), problem: undefined };
  } catch (thrown) {
    return { client: undefined, problem: withoutVariables(toOwError(thrown), written) };
  }
}

/** One line in the log when the connection is lost, and one when it is back; none for each try. */
function logChanges(RED: NodeAPI, node: RuntimeNode): (status: ClientStatus) => void {
  let lost = false;
  return (status) => {
    if (status.type === 'disconnected' && !lost) {
      lost = true;
      node.warn(localize(RED, status.error));
    } else if (status.type === 'connected' && lost) {
      lost = false;
      node.log(RED._('log.back'));
    }
  };
}
