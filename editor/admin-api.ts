import type {
  AdminApi,
  EndpointName,
  ErrorBody,
  ErrorInfo,
  RefusalBody,
  RefusalName,
  RequestOf,
  ResponseOf,
  ServerState,
  ServerTopic,
} from '../contract/admin-api.js';
import { CATALOGUE } from './fields.js';
import { localize } from './localize.js';

/** Longest wait for an answer, in milliseconds: Node-RED's side gives up before. */
const TIMEOUT_MS = 35_000;

/** What was asked for; an ErrorBody is thrown instead. */
type AnswerOf<Name extends EndpointName> = Exclude<ResponseOf<Name>, ErrorBody>;

/** The id of the server, for an endpoint that is of one. Paths that do not end in the name fit none. */
type ServerOf<Name extends EndpointName> = AdminApi[Name]['path'] extends `owserver/:id/${Name}`
  ? [server: string]
  : AdminApi[Name]['path'] extends `owserver/${Name}`
    ? []
    : [never];

/** Why a call failed that Node-RED gave no reason for. */
type LocalReason = 'failed' | 'logIn' | 'mayNot' | 'noNodeRed' | 'notThere';

/** A call that failed; its message is a sentence in the language of the editor. */
export class CallError extends Error {
  /** HTTP status, 0 when Node-RED did not answer. */
  readonly status: number;
  /** Code of an OwError, where there was one. */
  readonly code: string | undefined;
  /** Why Node-RED's side would not do it, where there is a word for that. */
  readonly refusal: RefusalName | undefined;

  constructor(sentence: string, status: number, code?: string, refusal?: RefusalName) {
    super(sentence);
    this.status = status;
    this.code = code;
    this.refusal = refusal;
  }
}

/** Asks an endpoint for something; @throws CallError */
export function get<Name extends EndpointName<'GET'>>(
  name: Name,
  query: RequestOf<Name>,
  ...server: ServerOf<Name>
): Promise<AnswerOf<Name>> {
  return call(name, { method: 'GET', data: query }, ...server);
}

/** Sends something to an endpoint; @throws CallError */
export function post<Name extends EndpointName<'POST'>>(
  name: Name,
  body: RequestOf<Name>,
  ...server: ServerOf<Name>
): Promise<AnswerOf<Name>> {
  const json = { data: JSON.stringify(body), contentType: 'application/json' };
  return call(name, { method: 'POST', ...json }, ...server);
}

/** Hears the state of each server, now and at each change. */
export function onServerState(listener: (server: string, state: ServerState) => void): void {
  const all: ServerTopic = 'owserver/#';
  RED.comms.subscribe(all, (topic, state) => {
    // JSON of the runtime: nothing but the contract says what it is.
    listener(topic.slice(topic.lastIndexOf('/') + 1), state as ServerState);
  });
}

/** Why Node-RED did not do something, in the language of the editor. */
export function refusalWords(reason: RefusalName | LocalReason, status?: number): string {
  return RED._(`${CATALOGUE}refusal.${reason}`, { status });
}

/** By jQuery, because Node-RED gives its calls the token of the user; the address is relative, as Node-RED may be anywhere. */
function call<Name extends EndpointName>(
  name: Name,
  options: Pick<AjaxOptions, 'method' | 'data' | 'contentType'>,
  server?: string,
): Promise<AnswerOf<Name>> {
  const url = server === undefined ? `owserver/${name}` : `owserver/${server}/${name}`;
  return new Promise((resolve, reject) => {
    const fail = (failed: FailedCall): void => reject(toError(failed));
    $.ajax({ ...options, url, dataType: 'json', timeout: TIMEOUT_MS }).then((answer) => {
      // That a test failed is an answer like others, and no error of the call.
      if (isFailure(answer)) fail({ status: 200, statusText: '', responseJSON: answer });
      // JSON of the runtime: nothing but the contract says what it is.
      else resolve(answer as AnswerOf<Name>);
    }, fail);
  });
}

function toError({ status, responseJSON }: FailedCall): CallError {
  // What stands between here and Node-RED may answer, too, with JSON of its own.
  const { error } = (responseJSON ?? {}) as { error?: Partial<ErrorInfo & RefusalBody['error']> };
  if (isErrorInfo(error)) return new CallError(localize(error), status, error.code);
  const reason = error?.refusal ?? REASONS[status] ?? (status === 0 ? 'noNodeRed' : 'failed');
  return new CallError(refusalWords(reason, status), status, undefined, error?.refusal);
}

function isFailure(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'error' in answer;
}

function isErrorInfo(error: Partial<ErrorInfo> | undefined): error is ErrorInfo {
  return error?.id !== undefined;
}

const REASONS: Readonly<Record<number, LocalReason>> = {
  401: 'logIn',
  403: 'mayNot',
  404: 'notThere',
};
