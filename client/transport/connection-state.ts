/** What a connection does: it waits for a request, carries one, or is gone. */
export type ConnectionState = 'idle' | 'busy' | 'closed';

const NEXT: Readonly<Record<ConnectionState, readonly ConnectionState[]>> = {
  idle: ['busy', 'closed'],
  busy: ['idle', 'closed'],
  closed: [],
};

/** @throws Error for a move that the table does not allow: a bug of this library. */
export function assertMove(from: ConnectionState, to: ConnectionState): void {
  if (!NEXT[from].includes(to)) throw new Error(`a connection cannot go from ${from} to ${to}`);
}
