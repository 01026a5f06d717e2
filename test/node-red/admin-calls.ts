/** What the admin API answered. */
export interface Answer {
  readonly status: number;
  /** Of JSON; undefined when there was none. */
  readonly body: unknown;
  readonly ms: number;
}

/** Calls the endpoints as the editor does: JSON, with a token where it has one. */
export class Admin {
  readonly #url: string;
  readonly #token: string | undefined;

  /** @param url address of the admin API, without a slash at the end */
  constructor(url: string, token?: string) {
    this.#url = url;
    this.#token = token;
  }

  /** Asks for what is below `owserver/`. */
  get(path: string, query: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.#call(`${path}?${new URLSearchParams(query).toString()}`, {});
  }

  /** Sends an object, or a text as it is. */
  post(path: string, body: unknown, type = 'application/json'): Promise<Answer> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return this.#call(path, { method: 'POST', body: text, headers: { 'Content-Type': type } });
  }

  async #call(path: string, init: RequestInit): Promise<Answer> {
    const begin = performance.now();
    const headers = new Headers(init.headers);
    if (this.#token !== undefined) headers.set('Authorization', `Bearer ${this.#token}`);
    const response = await fetch(`${this.#url}/owserver/${path}`, { ...init, headers });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    const body: unknown = isJson && text !== '' ? JSON.parse(text) : undefined;
    return { status: response.status, body, ms: performance.now() - begin };
  }
}

/** The error in an answer. */
export function errorOf({ body }: Answer): Record<string, unknown> {
  return (body as { error?: Record<string, unknown> }).error ?? {};
}
