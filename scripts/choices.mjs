/** What the person who starts the demo chose by PORT, HOST and OWSERVER. */

/** A mistake of the person at the keyboard: its message is all there is to print. */
export class Mistake extends Error {}

const OWSERVER_PORT = 4304;

/** PORT as a number, 1880 when it is not set. */
export function editorPort(text) {
  if (!text) return 1880;
  return (
    portNumber(text) ??
    fail(`PORT is "${text}": it must be a whole number from 1 to 65535, for example PORT=1881.`)
  );
}

/** OWSERVER as `{ host, port }`; undefined when it is not set, which means the simulator. */
export function owserverAddress(text) {
  if (!text) return undefined;
  const wanted = 'it must be host:port, for example OWSERVER=192.168.1.5:4304';
  const parts = /^(?:\[([0-9a-f:.%\w]+)\]|([^\s:[\]/]+))(?::(\d+))?$/i.exec(text.trim());
  if (!parts) {
    const brackets =
      (text.match(/:/g) ?? []).length > 1 ? '; an IPv6 address goes into brackets, [::1]:4304' : '';
    return fail(`OWSERVER is "${text}": ${wanted}${brackets}.`);
  }
  const port = parts[3] === undefined ? OWSERVER_PORT : portNumber(parts[3]);
  if (port === undefined)
    return fail(`The port in OWSERVER="${text}" is not from 1 to 65535: ${wanted}.`);
  return { host: parts[1] ?? parts[2], port };
}

function portNumber(text) {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : undefined;
}

function fail(sentence) {
  throw new Mistake(sentence);
}
