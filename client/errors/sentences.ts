import { PHRASES, type Params, type Word } from './phrases.js';

export type { Params } from './phrases.js';

/** Stable codes of what can go wrong; match on these, never on the text of a message. */
export type OwErrorCode =
  | 'EOW_CONNECT'
  | 'EOW_TIMEOUT'
  | 'EOW_CLOSED'
  | 'EOW_PROTOCOL'
  | 'EOW_RETURN'
  | 'EOW_ABSENT'
  | 'EOW_VALUE'
  | 'EOW_SHORT_WRITE'
  | 'EOW_VERIFY'
  | 'EOW_UNCERTAIN'
  | 'EOW_READ_ONLY'
  | 'EOW_QUEUE_FULL';

interface Message {
  code: OwErrorCode;
  text: string;
}

const message = (code: OwErrorCode, text: string): Message => ({ code, text });

/** Every sentence an error can say: what happened, and what to do. */
export const MESSAGES = {
  resolve: message(
    'EOW_CONNECT',
    'The name {host} has no address: check the host of the server configuration.',
  ),
  refused: message(
    'EOW_CONNECT',
    'Nothing listens on {host}:{port}: check that owserver is running and bound to this address.',
  ),
  unreachable: message(
    'EOW_CONNECT',
    '{host}:{port} cannot be reached ({reason}): check the address and the network.',
  ),
  connectTimeout: message(
    'EOW_CONNECT',
    '{host}:{port} accepted no connection within {seconds} s: check the address, the network and the firewall.',
  ),
  connectFailed: message(
    'EOW_CONNECT',
    'No connection to {host}:{port} ({reason}): check host, port and TLS settings.',
  ),

  silent: message(
    'EOW_TIMEOUT',
    "{host}:{port} sent nothing for {seconds} s after {path} was asked: check that the port is owserver's and that its bus adapter works.",
  ),
  busSilent: message(
    'EOW_TIMEOUT',
    '{path} was not measured because bus {bus} took no command for {seconds} s: check the adapter of this bus and its wiring.',
  ),
  deadline: message(
    'EOW_TIMEOUT',
    '{path} was not answered within {seconds} s, waiting time included: the bus is slow or overloaded; ask less often, let all thermometers measure at once, or raise the request timeout.',
  ),

  closedByServer: message(
    'EOW_CLOSED',
    'owserver closed the connection before it answered {path}: it may be restarting; try again.',
  ),
  lost: message('EOW_CLOSED', 'owserver closed the connection: it may be restarting.'),
  clientClosed: message(
    'EOW_CLOSED',
    'The connection was closed here before {path} was answered: the flow was redeployed or stopped.',
  ),

  speaksHttp: message(
    'EOW_PROTOCOL',
    'A web server answers on this port: use the port of owserver (4304 by default), not that of owhttpd.',
  ),
  notOwserver: message(
    'EOW_PROTOCOL',
    'What answers on this port is not an owserver: check host and port.',
  ),
  payloadTooBig: message(
    'EOW_PROTOCOL',
    "The server announced a reply of {bytes} bytes, owserver sends {limit} at most: check that host and port are owserver's.",
  ),
  badSize: message(
    'EOW_PROTOCOL',
    "The server sent a reply with an impossible size ({size}): check that host and port are owserver's.",
  ),
  unasked: message(
    'EOW_PROTOCOL',
    "The server sent a reply that nobody had asked for: check that host and port are owserver's.",
  ),

  returned: message('EOW_RETURN', 'owserver answered {path} with error {ret} ({text}): {hint}'),
  absent: message(
    'EOW_ABSENT',
    '{path} was not found: the device is not on the bus, or it has no such property; check both names.',
  ),
  serverReadOnly: message(
    'EOW_READ_ONLY',
    'owserver refused to write {path} because it runs with --readonly: start it without that switch to write.',
  ),
  clientReadOnly: message(
    'EOW_READ_ONLY',
    '{path} was not written because this server configuration is set to read only: clear that setting to write.',
  ),
  shortWrite: message(
    'EOW_SHORT_WRITE',
    'owserver took only {taken} of the {sent} bytes for {path}: send no more than the property holds.',
  ),
  notVerified: message(
    'EOW_VERIFY',
    '{path} reads {found} after {wanted} was written: check the device, or something else that writes to it.',
  ),
  uncertain: message(
    'EOW_UNCERTAIN',
    'It is not known whether {path} was written ({reason}): read it back before writing again.',
  ),
  queueFull: message(
    'EOW_QUEUE_FULL',
    '{path} was not asked because {limit} requests are waiting already: ask less often, or check why owserver is slow.',
  ),

  noServer: message(
    'EOW_VALUE',
    'No server is chosen: open the node and choose or add an owserver.',
  ),
  noPath: message(
    'EOW_VALUE',
    'No path was given: enter one in the node, or send it in msg.topic.',
  ),
  pathType: message(
    'EOW_VALUE',
    'The path is {kind}: it must be text such as /28.FF1122334455/temperature.',
  ),
  pathNul: message('EOW_VALUE', 'The path holds a NUL character: check where it comes from.'),
  pathLong: message(
    'EOW_VALUE',
    'The path is {bytes} bytes long, owserver takes {limit} at most: check where it comes from.',
  ),
  patternNothing: message(
    'EOW_ABSENT',
    '{path} matches no device: see what is there with an ow dir node, and check the pattern.',
  ),
  patternNoProperty: message(
    'EOW_ABSENT',
    'None of the devices that {path} matches has such a property: check what follows the device.',
  ),
  patternDirectory: message(
    'EOW_VALUE',
    '{path} matches directories, which have no value: add a property, for example /temperature.',
  ),
  patternPlace: message(
    'EOW_VALUE',
    '{path} has a * below {element}: it can only stand in the name of a bus, a device or a property of a device.',
  ),
  patternWrite: message(
    'EOW_VALUE',
    '{path} must name the property to write: there a * can only stand for the index, as in PIO.*.',
  ),
  patternList: message(
    'EOW_VALUE',
    '{path} is a pattern, which can be read and written, not listed: give the path of one directory or device.',
  ),
  noBus: message(
    'EOW_VALUE',
    '{path} is no bus: let all thermometers measure with /, or those of one bus with /bus.0.',
  ),
  noConversion: message(
    'EOW_ABSENT',
    'This owserver cannot let all thermometers measure at once: read them one by one.',
  ),
  notReadable: message('EOW_VALUE', '{path} can be written but not read.'),
  notWritable: message('EOW_VALUE', '{path} can be read but not written.'),
  wholePart: message(
    'EOW_VALUE',
    'offset and size work on text and binary properties, and {path} is a {kind}: leave them empty.',
  ),
  badRange: message(
    'EOW_VALUE',
    '{name} is {value}: it must be a whole number from {min} to {max}.',
  ),

  emptyValue: message(
    'EOW_VALUE',
    'owserver sent an empty value for {path}: the device may be failing; try again.',
  ),
  notNumber: message(
    'EOW_VALUE',
    'owserver sent "{text}" for {path}, which is not a number: try again, or read it as text.',
  ),
  notFinite: message(
    'EOW_VALUE',
    'owserver sent "{text}" for {path}, which is no measured value: check the sensor.',
  ),
  notYesNo: message(
    'EOW_VALUE',
    'owserver sent "{text}" for {path} instead of 0 or 1: try again, or read it as text.',
  ),
  elementCount: message(
    'EOW_VALUE',
    'owserver sent {found} elements for {path} instead of {wanted}: read it as text.',
  ),
  byteCount: message(
    'EOW_VALUE',
    'owserver sent {found} bytes for {path} instead of {wanted}: read it as a Buffer.',
  ),
  powerOn: message(
    'EOW_VALUE',
    '{path} shows 85 °C, the value after power-on: the sensor lost power while it measured; check its wiring.',
  ),

  wantsNumber: message(
    'EOW_VALUE',
    '{path} takes a number, and the value is {value}: send a number such as 21.5, with a point.',
  ),
  wantsInteger: message(
    'EOW_VALUE',
    '{path} takes a whole number from {min} to {max}, and the value is {value}.',
  ),
  wantsYesNo: message(
    'EOW_VALUE',
    '{path} takes on or off (also true, false, 1, 0), and the value is {value}.',
  ),
  wantsText: message('EOW_VALUE', '{path} takes text, and the value is {value}.'),
  wantsBytes: message(
    'EOW_VALUE',
    '{path} takes bytes, and the value is {value}: send a Buffer or an array of numbers from 0 to 255.',
  ),
  wantsArray: message(
    'EOW_VALUE',
    '{path} takes an array of {count} values, and the value is {value}.',
  ),
  wantsNoComma: message(
    'EOW_VALUE',
    '{path} takes texts without commas, and one of them is {value}: write that element alone.',
  ),
  wantsDate: message(
    'EOW_VALUE',
    '{path} takes a date such as "Mon Nov 23 18:00:00 2026", and the value is {value}: or write seconds since 1970 to udate.',
  ),
  wantsExactBytes: message(
    'EOW_VALUE',
    '{path} takes exactly {count} bytes, and the value has {bytes}.',
  ),
  tooLong: message(
    'EOW_VALUE',
    'The value for {path} is {bytes} bytes long, and there is room for {limit}.',
  ),
  noValue: message(
    'EOW_VALUE',
    'There is no value to write to {path}: send one in the message, or enter one in the node.',
  ),
  cannotSend: message(
    'EOW_VALUE',
    'A value of this kind ({value}) cannot be written to {path}: send text, a number, on or off, or a Buffer.',
  ),
  aliasReserved: message(
    'EOW_VALUE',
    'The alias "{value}" begins with "{word}", a word that owserver keeps for itself, so it could not be read: choose another.',
  ),
  aliasLikeId: message(
    'EOW_VALUE',
    'The alias "{value}" looks like the id of a device, so it could not be read: choose another.',
  ),
  aliasCharacter: message(
    'EOW_VALUE',
    'The alias holds a slash or a control character: choose another.',
  ),

  badOption: message('EOW_VALUE', 'The setting {name} is {value}: it must be {wanted}.'),
  unexpected: message(
    'EOW_PROTOCOL',
    'Something unexpected happened with {path} ({reason}): please report it.',
  ),
} as const satisfies Record<string, Message>;

/** Names of the sentences, for translation catalogues. */
export type MessageId = keyof typeof MESSAGES;

/** Puts the values into an English sentence; a name without a value stays as it is. */
export function fill(text: string, params: Params): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => inEnglish(params[name] ?? whole));
}

/** A word of a sentence in English. */
export function inEnglish(word: Word): string {
  if (typeof word !== 'object') return String(word);
  if ('id' in word) return fill(PHRASES[word.id], word.params ?? {});
  const [happened = ''] = MESSAGES[word.error].text.split(': ');
  return fill(happened, word.params);
}
