import type { AdminApi } from '../../../contract/admin-api.js';
import type { AdminGuard, AdminRequest, NodeAPI } from '../../shared/red.js';
import { answering, type AnswerLimits, type Endpoint } from './endpoint.js';
import { needsPermission } from './permission.js';
import { body } from './request-fields.js';

type AnyEndpoint = AdminApi[keyof AdminApi];

/** Paths of the contract, by HTTP method. */
type PathOf<Method extends AnyEndpoint['method']> = Extract<
  AnyEndpoint,
  { method: Method }
>['path'];

/** The endpoint of the contract that has this path. */
type EndpointAt<Path> = Extract<AnyEndpoint, { path: Path }>;

/** A request as it came: the fields that the contract names, each with any value, or missing. */
export type Unchecked<Request> = Readonly<Partial<Record<keyof Request, unknown>>>;

/** Values as somebody sent them. */
type Fields = Readonly<Record<string, unknown>>;

/** A call of an endpoint; nothing of it is checked. */
export interface EndpointCall<Request> {
  /** Id of the server; empty for an endpoint that is of none. */
  readonly id: string;
  /** All fields, of the query or the body. @throws Refusal for a body that is no JSON object */
  readonly fields: () => Fields;
  /** One field. @throws Refusal as `fields` does */
  readonly field: (name: keyof Request & string) => unknown;
  /** Aborted once nobody waits for the answer any more. */
  readonly over: AbortSignal;
}

/** Answers the calls of the endpoint at a path, with what the contract says. */
type Handler<Path> = (
  call: EndpointCall<EndpointAt<Path>['request']>,
) => Promise<EndpointAt<Path>['response']>;

/** Registers endpoints of the contract that need the same permission. */
export class EndpointRegistry {
  readonly #admin: NodeAPI['httpAdmin'];
  readonly #guard: AdminGuard;

  constructor(RED: NodeAPI, permission: string) {
    this.#admin = RED.httpAdmin;
    this.#guard = needsPermission(RED, permission);
  }

  /** Serves a path with GET; the fields are those of the query. */
  get<Path extends PathOf<'GET'>>(path: Path, handler: Handler<Path>): void {
    const endpoint = toEndpoint(handler, ({ query }) => query);
    this.#admin.get(`/${path}`, this.#guard, answering(endpoint));
  }

  /** Serves a path with POST; the fields are those of the body. */
  post<Path extends PathOf<'POST'>>(
    path: Path,
    handler: Handler<Path>,
    limits?: Partial<AnswerLimits>,
  ): void {
    this.#admin.post(`/${path}`, this.#guard, answering(toEndpoint(handler, body), limits));
  }
}

function toEndpoint<Path>(
  handler: Handler<Path>,
  fieldsOf: (request: AdminRequest) => Fields,
): Endpoint {
  return (request, over) => {
    const fields = (): Fields => fieldsOf(request);
    const { id = '' } = request.params;
    return handler({ id, fields, field: (name) => fields()[name], over });
  };
}
