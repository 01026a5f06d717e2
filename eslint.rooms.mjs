/**
 * The rooms of the house, from the ground up, and what each may import beside itself: only rooms
 * that stand above its own line, so that imports run one way. Tests and the benchmark may import
 * everything, and nobody imports them.
 *
 * A room is a folder with all below it, or a file; `folder/*` is the files right in a folder. Where
 * several fit the longest name counts. `types` lets in what is gone after compiling, and
 * `node:sockets` is net, tls, dns and dgram, `node:*` the rest of Node.js, `npm:` a package.
 */

/** The codec's door. */
const CODEC = 'client/protocol/index';

/** What carries requests, and what is below it. */
const BELOW_REQUESTS = [
  'client/errors',
  CODEC,
  'client/values',
  'client/transport',
  'types client/options',
  'node:*',
];

const CLIENT = {
  'client/errors': { may: [], why: 'All throw errors, so the errors know nobody.' },
  'client/protocol': {
    may: ['client/errors'],
    why: 'The codec has no I/O and knows only the errors.',
  },
  [CODEC]: { may: ['client/protocol'], why: 'The door of the codec only opens it.' },
  'client/values': {
    may: ['client/errors', CODEC],
    why: 'Values know the errors and the codec, not who reads and writes them.',
  },
  'client/address': { may: [], why: 'The dialog reads an address as the client does.' },
  'client/rules': {
    may: ['client/errors', 'client/values'],
    why: 'What options can be is told before anything is there.',
  },
  'client/discovery': {
    may: ['client/errors', 'client/rules', 'node:*', 'npm:bonjour-service'],
    why: 'Servers are looked for before there is a client.',
  },
  'client/dial': { may: ['client/errors', 'node:sockets'], why: 'It only opens sockets.' },
  'client/status': { may: ['types client/errors'], why: 'It is made of types.' },
  'client/trace': {
    may: ['types client/errors', `types ${CODEC}`],
    why: 'It is made of types.',
  },
  'client/options': {
    may: [
      'client/errors',
      CODEC,
      'client/rules',
      'client/dial',
      'client/address',
      'types client/trace',
      'types node:sockets',
    ],
    why: 'Options are checked before anything is there.',
  },
  'client/transport': {
    may: [
      'client/errors',
      CODEC,
      'client/dial',
      'types client/status',
      'types client/trace',
      'types client/options',
      'types node:sockets',
      'node:*',
    ],
    why: 'The transport carries frames: it does not know what is in them, and dial opens sockets.',
  },
  'client/requests': { may: BELOW_REQUESTS, why: 'Requests know the transport and what is below.' },
  'client/knowledge': {
    may: [...BELOW_REQUESTS, 'client/requests'],
    why: 'What is known comes of requests, not of verbs or buses.',
  },
  'client/bus': {
    may: [...BELOW_REQUESTS, 'client/requests', 'client/knowledge'],
    why: 'Buses serve the verbs and do not know them.',
  },
  'client/verbs': {
    may: [...BELOW_REQUESTS, 'client/rules', 'client/requests', 'client/knowledge', 'client/bus'],
    why: 'The verbs are put together in the wiring and do not know it.',
  },
  'client/watch': {
    may: [
      'client/errors',
      'client/values',
      'client/rules',
      'client/transport',
      'types client/options',
      'types client/requests',
      'types client/knowledge',
      'types client/bus',
      'client/verbs',
      'node:*',
    ],
    why: 'A watch uses the verbs, and decides when.',
  },
};

/** The files right in client/ put its rooms together; its two doors hand out what others may have. */
const WHOLE_CLIENT = [...Object.keys(CLIENT), 'node:*'];
const DOORS = {
  'client/*': {
    may: WHOLE_CLIENT,
    why: 'What the doors hand out does not know them, and dial opens sockets.',
  },
  'client/internal': { may: [...WHOLE_CLIENT, 'client/*'], why: 'A door opens the client only.' },
  'client/index': { may: [...WHOLE_CLIENT, 'client/*'], why: 'A door opens the client only.' },
};

/** What the runtime and the browser share. */
const SHARED = {
  words: { may: ['types client/errors'], why: 'Words go to the browser, too: they need nobody.' },
  settings: { may: [], why: 'Settings are plain data, for the runtime and the browser.' },
  contract: {
    may: [
      'types client/errors',
      `types ${CODEC}`,
      'types client/values',
      'types client/discovery',
      'types client/verbs',
      'types words',
    ],
    why: 'The contract is made of types, and goes to the browser, too.',
  },
};

/** Of the client, the simulator has the codec alone. */
const stand = (...may) => ({
  may,
  why: 'The simulator shares the codec with the client, not more; inside, imports run one way.',
});
const FLOOR = ['simulator/maybe-promise', 'simulator/refusal', 'simulator/serial'];
const SIMULATOR = {
  'simulator/maybe-promise': stand(),
  'simulator/refusal': stand(),
  'simulator/serial': stand(CODEC),
  'simulator/properties': stand(CODEC, ...FLOOR),
  'simulator/device-definition': stand('types simulator/properties'),
  'simulator/chips': stand(...FLOOR, 'simulator/properties'),
  'simulator/bus': stand(
    CODEC,
    ...FLOOR,
    'simulator/properties',
    'simulator/device-definition',
    'simulator/chips',
  ),
  'simulator/tree': stand(CODEC, ...FLOOR, 'simulator/properties', 'simulator/bus'),
  'simulator/server': stand(
    CODEC,
    ...FLOOR,
    'simulator/properties',
    'simulator/tree',
    'types node:sockets',
    'node:*',
  ),
  'simulator/bus-handle': stand('types simulator/bus'),
  'simulator/stage': stand(),
  'simulator/script': stand(
    'types simulator/properties',
    'types simulator/bus',
    'types simulator/stage',
  ),
  'simulator/demo-devices': stand('simulator/device-definition', 'types simulator/script'),
  'simulator/device-handle': stand(
    'types simulator/properties',
    'types simulator/bus',
    'types simulator/stage',
    'simulator/script',
  ),
  'simulator/types': stand(
    'types simulator/device-definition',
    'types simulator/server',
    'types simulator/bus-handle',
    'types simulator/device-handle',
    'types simulator/script',
  ),
  'simulator/owserver-simulator': stand(
    ...FLOOR,
    'simulator/device-definition',
    'simulator/demo-devices',
    'simulator/bus',
    'simulator/tree',
    'simulator/server',
    'simulator/bus-handle',
    'simulator/device-handle',
    'simulator/stage',
    'simulator/script',
    'types simulator/types',
    'node:sockets',
    'node:*',
  ),
  'simulator/index': stand(
    'types simulator/properties',
    'types simulator/device-definition',
    'simulator/demo-devices',
    'types simulator/server',
    'types simulator/bus-handle',
    'types simulator/device-handle',
    'types simulator/script',
    'types simulator/types',
    'simulator/owserver-simulator',
  ),
  'simulator/cli': stand('simulator/index', 'node:*'),
};

/** The browser gets a bundle: what it imports is in there, for everybody to read. */
const inBrowser = (...may) => ({
  may,
  why: 'It runs in a browser: of the runtime it may have a configuration, words and types.',
});
const WORDS = ['words', 'settings', 'types contract'];
const EDITOR = {
  'editor/*': inBrowser(...WORDS),
  'editor/kit': inBrowser(...WORDS, 'editor/*'),
  'editor/browse': inBrowser(...WORDS, 'editor/*', 'editor/kit'),
  'editor/watch': inBrowser(...WORDS, 'editor/*', 'editor/kit'),
};
const WHOLE_EDITOR = [...WORDS, ...Object.keys(EDITOR)];

/** What code of nodes may have in the runtime. */
const RUNTIME = ['client/internal', 'client/index', 'words', 'settings', 'node:*', 'nodes/shared'];
const CONFIG = {
  may: ['settings', 'types nodes/shared'],
  why: 'A configuration goes to the browser, too.',
};

const flowNode = (name) => ({
  [`nodes/${name}/config`]: CONFIG,
  [`nodes/${name}/editor`]: inBrowser(...WHOLE_EDITOR, `nodes/${name}/config`),
  [`nodes/${name}`]: {
    may: [...RUNTIME, `nodes/${name}/config`],
    why: 'A node knows its own folder, nodes/shared and the doors of the client, which has the sockets.',
  },
});

const SERVER = 'nodes/owserver-config';
const server = (...may) => ({
  may: [...RUNTIME, 'contract', `${SERVER}/config`, ...may],
  why: 'It knows its own folder, nodes/shared and the doors of client and simulator.',
});
const NODES = {
  'nodes/shared': {
    may: RUNTIME.filter((room) => room !== 'nodes/shared'),
    why: 'What nodes share knows no node, and talks to owserver through the doors of the client.',
  },
  ...flowNode('ow-read'),
  ...flowNode('ow-write'),
  ...flowNode('ow-dir'),
  [`${SERVER}/config`]: CONFIG,
  [`${SERVER}/editor`]: inBrowser(...WHOLE_EDITOR, `${SERVER}/config`, 'client/address'),
  [SERVER]: server('simulator/index'),
  [`${SERVER}/admin`]: server(SERVER),
  [`${SERVER}/owserver-config`]: server(SERVER, `${SERVER}/admin`),
};

export const ROOMS = {
  ...CLIENT,
  ...DOORS,
  ...SHARED,
  ...SIMULATOR,
  ...EDITOR,
  ...NODES,
  'plugins/owserver-sidebar': inBrowser(...WHOLE_EDITOR),
};
