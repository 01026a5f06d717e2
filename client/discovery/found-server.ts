/** An owserver that announces itself on the network. */
export interface FoundServer {
  /** What it calls itself, such as `OWFS (1-wire) Server`. */
  readonly name: string;
  /** Name of the machine. */
  readonly machine: string;
  /** Name or address to connect to: for this very machine `localhost`. */
  readonly host: string;
  /** TCP port. */
  readonly port: number;
  /** All addresses that were announced. */
  readonly addresses: readonly string[];
}
