/** Where a server is, as people write it in one line. */
interface Address {
  readonly host: string;
  /** Where it was written behind the host. */
  readonly port?: number;
}

/** `tcp://` before it and slashes behind it say nothing. */
const FRAME = /^\s*(?:tcp:\/\/)?([^/\s]*)\/*\s*$/i;

/** An IPv6 address in brackets, or a name or address without a colon; and a port. */
const PARTS = /^(?:\[([^\][]+)\]|([^:\][]+))(?::(\d{1,5}))?$/;

/**
 * Reads a host as people write it: `[::1]`, `box:4304`, `tcp://box:4304/`, with blanks around it. What is
 * written otherwise stays as it is, without the blanks: also an IPv6 address without brackets.
 */
export function parseAddress(text: string): Address {
  const [, framed = text] = FRAME.exec(text) ?? [];
  const [, bracketed, plain, port] = PARTS.exec(framed) ?? [];
  const host = bracketed ?? plain ?? framed.trim();
  return { host, ...(port !== undefined && { port: Number(port) }) };
}
