/** A bus master between the serial line and the wire. */
export interface Master {
  /** Commands that it was given. */
  readonly commands: number;
  /** Takes what came in on the serial line, in pieces of any size. */
  receive(bytes: Buffer): void;
}
