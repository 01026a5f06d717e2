import { CATALOGUE } from './fields.js';
import { localize, type PlainError } from './localize.js';

/** Longest wait for an answer: Node-RED's side gives up before. */
const LIMIT_MS = 35_000;

/** What an endpoint of ours says when it cannot serve a request. */
interface ErrorBody {
  error?: Partial<PlainError> & { refusal?: string };
}

/** A call that failed; its message is a sentence in the language of the editor. */
export class CallError extends Error {
  /** HTTP status, 0 when Node-RED did not answer. */
  readonly status: number;
  /** Code of an OwError, where there was one. */
  readonly code: string | undefined;

  constructor(sentence: string, status: number, code?: string) {
    super(sentence);
    this.status = status;
    this.code = code;
  }
}

/** Asks an endpoint, such as `browse`; @throws CallError */
export function ask(path: string, query: Record<string, string> = {}): Promise<unknown> {
  return call({ method: 'GET', url: `owserver/${path}`, data: query });
}

/** Sends something to an endpoint; @throws CallError */
export function send(path: string, body: object): Promise<unknown> {
  const json = { data: JSON.stringify(body), contentType: 'application/json' };
  return call({ method: 'POST', url: `owserver/${path}`, ...json });
}

/** By jQuery, because Node-RED gives its calls the token of the user; the address is relative, as Node-RED may be anywhere. */
function call(options: Omit<AjaxOptions, 'dataType' | 'timeout'>): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const fail = (failed: FailedCall): void => reject(toError(failed));
    $.ajax({ ...options, dataType: 'json', timeout: LIMIT_MS }).then((answer) => {
      // That a test failed is an answer like others, and no error of the call.
      if (isFailure(answer)) fail({ status: 200, statusText: '', responseJSON: answer });
      else resolve(answer);
    }, fail);
  });
}

function toError({ status, responseJSON }: FailedCall): CallError {
  const { error } = (responseJSON ?? {}) as ErrorBody;
  if (error?.id !== undefined)
    return new CallError(localize(error as PlainError), status, error.code);
  const reason = error?.refusal ?? REASONS[status] ?? (status === 0 ? 'noNodeRed' : 'failed');
  return new CallError(RED._(`${CATALOGUE}refusal.${reason}`, { status }), status);
}

function isFailure(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'error' in answer;
}

const REASONS: Readonly<Record<number, string>> = { 401: 'logIn', 403: 'mayNot', 404: 'notThere' };
