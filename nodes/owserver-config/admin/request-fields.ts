import type { OwserverClient } from '../../../client/index.js';
import type { AdminRequest, NodeAPI } from '../../shared/red.js';
import { isServerNode } from '../../shared/server-node.js';
import { Refusal } from './endpoint.js';

/** Longest path that owserver takes, and more than any name in an editor. */
const MAX_CHARACTERS = 4_096;

/** A request as it came. */
interface WithHeaders extends AdminRequest {
  readonly headers?: Readonly<Record<string, unknown>>;
}

/**
 * The client of the deployed owserver-config with this id.
 * @throws Refusal when there is none, OwError when it is set up wrongly.
 */
export function clientOf(RED: NodeAPI, id: string): OwserverClient {
  const node = RED.nodes.getNode(id);
  if (!isServerNode(node)) throw new Refusal(404, 'notDeployed');
  const { client, problem } = node;
  // While a deploy closes the node it is still there, of no use.
  if (client?.status.type === 'closed') throw new Refusal(404, 'notDeployed');
  if (!client) throw problem ?? new Refusal(404, 'notDeployed');
  return client;
}

/** A text of a request. @throws Refusal for anything else, and what is too long */
export function text(value: unknown): string {
  if (typeof value !== 'string' || value.length > MAX_CHARACTERS)
    throw new Refusal(400, 'badRequest');
  return value;
}

/** A list of so many texts at most. @throws Refusal for anything else */
export function texts(value: unknown, most: number): string[] {
  if (!Array.isArray(value) || value.length > most) throw new Refusal(400, 'badRequest');
  return value.map(text);
}

/**
 * The body of a request, as an object: of JSON alone, because a form on any page of the web can send
 * other kinds here from the browser of somebody who may switch things.
 * @throws Refusal for anything else
 */
export function body(request: WithHeaders): Record<string, unknown> {
  const { body: given, headers = {} } = request;
  const isJson = /^application\/json\b/i.test(String(headers['content-type']));
  if (!isJson || typeof given !== 'object' || given === null || Array.isArray(given))
    throw new Refusal(400, 'badRequest');
  return given as Record<string, unknown>;
}
