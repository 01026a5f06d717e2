import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { end, exitOf, onLines, type Exit } from './child.js';
import { Inbox, type ProbeMessage, type Wanted } from './inbox.js';
import { Channel, type Report } from './node-red-channel.js';
import { USERS } from './node-red-admin.js';
import { PROBE_HTML, PROBE_JS } from './node-red-probe.js';
import { DEFAULT_VERSION } from './versions.js';

/** A node of a flow, as in flows.json. */
export interface FlowNode {
  id: string;
  type: string;
  [property: string]: unknown;
}

/** What changes on a deploy; the header Node-RED-Deployment-Type. */
export type DeployType = 'full' | 'nodes' | 'flows' | 'reload';

/** How to start a Node-RED. */
export interface NodeRedSetup {
  flows: readonly FlowNode[];
  /** Settings on top of ours, plain data only. `uiPort` is always a free one. */
  settings?: Readonly<Record<string, unknown>>;
  /** Environment on top of this process's; undefined takes a variable away. */
  env?: Readonly<Record<string, string | undefined>>;
  /** Folder of the package node-red to run. @default DEFAULT_VERSION.nodeRed */
  nodeRed?: string;
  /** Program file of the Node.js that runs it. @default DEFAULT_VERSION.node */
  node?: string;
  /** How long the start may take, in milliseconds. @default 60000 */
  startMs?: number;
}

/** A running Node-RED; always `stop()` it. */
export interface NodeRedProcess {
  /** Address of the editor and the admin API, without a slash at the end. */
  readonly url: string;
  readonly userDir: string;
  readonly pid: number;
  /** Lines it printed so far, on both streams. */
  readonly log: readonly string[];
  /** Every message that reached a `test-probe` so far. */
  readonly messages: readonly ProbeMessage[];
  /** Settles when the process ends, however it ends. */
  readonly exited: Promise<Exit>;
  /** Replaces the flows and resolves when they run; with adminAuth it takes a token. @default 'full' */
  deploy(flows: readonly FlowNode[], type?: DeployType, token?: string): Promise<void>;
  /** Resolves when flows run anew; ask before an editor deploys them. */
  nextStart(): Promise<void>;
  /** Makes the `test-inject` node with this id send this message. */
  inject(id: string, msg: Readonly<Record<string, unknown>>): Promise<void>;
  /** Takes the first message that fits; a second call takes the next. @default 10000 ms */
  waitForMessage(wanted: Wanted, what: string, waitMs?: number): Promise<ProbeMessage>;
  /**
   * Ends it as a service manager would, waits for its end, removes its folder; one that hangs is
   * an error.
   */
  stop(): Promise<Exit>;
}

const ROOT = resolve(__dirname, '../..');
const LOG_LINES_SHOWN = 30;
/** Above Node-RED's own limit of 15 s for the close of a node. */
const STOP_MS = 20_000;
const START_MS = 60_000;
/** A deploy waits for nodes to close, so this too is above Node-RED's limit. */
const ANSWER_MS = 20_000;

const SETTINGS = {
  uiHost: '127.0.0.1',
  flowFile: 'flows.json',
  lang: 'en-US',
  credentialSecret: 'only for tests',
  telemetry: { enabled: false, updateNotification: false },
  externalModules: { autoInstall: false, palette: { allowInstall: false, allowUpdate: false } },
  editorTheme: { tours: false, projects: { enabled: false } },
  logging: { console: { level: 'info', metrics: false, audit: false } },
};

/**
 * Starts a real Node-RED in a folder of its own, with this checkout as the installed package, and
 * resolves when its flows run. Where the setup does not say which, `NODE_RED` names another
 * node-red folder and `NODE_BINARY` another Node.js.
 */
export async function startNodeRed(setup: NodeRedSetup): Promise<NodeRedProcess> {
  const userDir = await makeUserDir(setup);
  const log: string[] = [];
  const inbox = new Inbox();
  const child = launch(userDir, setup);
  onLines(child, (line) => log.push(line));
  const exited = exitOf(child);
  const channel = new Channel(child, exited);
  channel.listen((report) => {
    if (report.kind === 'message') inbox.push({ probe: report.probe, msg: report.msg });
  });
  const context = (): string => `\nNode-RED printed:\n${log.slice(-LOG_LINES_SHOWN).join('\n')}`;
  try {
    const port = await ready(channel, setup.startMs ?? START_MS);
    const url = `http://127.0.0.1:${port}${adminRoot(setup.settings)}`;
    return handle({ url, userDir, child, log, inbox, exited, channel, context });
  } catch (error) {
    child.kill('SIGKILL');
    await exited.catch(() => undefined);
    await rm(userDir, { recursive: true, force: true });
    throw new Error(`${String(error)}${context()}`, { cause: error });
  }
}

/** Resolves with the port once Node-RED listens and its flows run, which come in either order. */
async function ready(channel: Channel, startMs: number): Promise<number> {
  let port: number | undefined;
  let started = false;
  await channel.expect('started', startMs, (report) => {
    if (report.kind === 'listening') port = report.port;
    if (report.kind === 'started') started = true;
    return missingTypes(report) ?? (port !== undefined && started);
  });
  return port ?? 0;
}

function missingTypes(report: Report): Error | undefined {
  return report.kind === 'missing'
    ? new Error(`No node of type ${report.types.join(', ')}`)
    : undefined;
}

interface Parts {
  url: string;
  userDir: string;
  child: ChildProcess;
  log: string[];
  inbox: Inbox;
  exited: Promise<Exit>;
  channel: Channel;
  context: () => string;
}

function handle({
  url,
  userDir,
  child,
  log,
  inbox,
  exited,
  channel,
  context,
}: Parts): NodeRedProcess {
  const explain = (error: unknown): never => {
    throw new Error(`${String(error)}${context()}`, { cause: error });
  };
  return {
    url,
    userDir,
    pid: child.pid ?? 0,
    log,
    exited,
    get messages() {
      return inbox.messages;
    },
    inject: (id, msg) => inject(channel, id, msg).catch(explain),
    nextStart: () => nextStart(channel).catch(explain),
    deploy: (flows, type = 'full', token) =>
      Promise.all([nextStart(channel), post(url, flows, type, token)]).then(
        () => undefined,
        explain,
      ),
    waitForMessage: (wanted, what, waitMs = 10_000) => inbox.take(wanted, what, waitMs, context),
    async stop() {
      const runs = child.exitCode === null && child.signalCode === null;
      const exit = await end(child, exited, 'SIGTERM', STOP_MS);
      await rm(userDir, { recursive: true, force: true });
      if (runs && exit.signal === 'SIGKILL')
        throw new Error(`Node-RED did not stop within ${STOP_MS} ms${context()}`);
      return exit;
    },
  };
}

let calls = 0;

async function inject(
  channel: Channel,
  id: string,
  msg: Readonly<Record<string, unknown>>,
): Promise<void> {
  const call = ++calls;
  const sent = channel.expect(`sent from ${id}`, ANSWER_MS, (report) => {
    if (report.kind !== 'injected' || report.call !== call) return false;
    return report.found || new Error(`There is no running node ${id}`);
  });
  channel.send({ call, node: id, msg });
  await sent;
}

/**
 * Node-RED answers a deploy before its nodes run: what is sent in between is lost, so wait for the
 * start.
 */
function nextStart(channel: Channel): Promise<void> {
  return channel.expect('ran the deployed flows', ANSWER_MS, (report) => {
    return missingTypes(report) ?? report.kind === 'started';
  });
}

async function post(
  url: string,
  flows: readonly FlowNode[],
  type: DeployType,
  token?: string,
): Promise<void> {
  const response = await fetch(`${url}/flows`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'Node-RED-Deployment-Type': type,
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(flows),
  });
  if (!response.ok)
    throw new Error(`Deploy failed with ${response.status}: ${await response.text()}`);
}

async function makeUserDir({ flows, settings }: NodeRedSetup): Promise<string> {
  const userDir = await mkdtemp(join(tmpdir(), 'owserver-node-red-'));
  const all = { ...SETTINGS, ...settings, uiPort: 0 };
  await mkdir(join(userDir, 'node_modules'));
  await mkdir(join(userDir, 'nodes'));
  await symlink(ROOT, join(userDir, 'node_modules', 'node-red-contrib-owserver'), 'junction');
  await writeFile(join(userDir, 'nodes', 'test-probe.js'), PROBE_JS);
  await writeFile(join(userDir, 'nodes', 'test-probe.html'), PROBE_HTML);
  await writeFile(
    join(userDir, 'settings.js'),
    `module.exports = ${JSON.stringify(all, null, 2)};\n`,
  );
  await writeFile(join(userDir, '.config.users.json'), JSON.stringify(userSettings()));
  await writeFile(join(userDir, 'flows.json'), JSON.stringify(flows));
  return userDir;
}

/**
 * Without tips in the editor: Node-RED 5 shows the first a second after it began to load, and fails
 * where its sidebar takes longer (red.js, setTip).
 */
function userSettings(): Record<string, unknown> {
  const editor = { view: { 'view-show-tips': false } };
  // The underscore stands for everybody where nobody logs in.
  return Object.fromEntries(['_', ...Object.keys(USERS)].map((name) => [name, { editor }]));
}

function launch(userDir: string, { env, nodeRed, node }: NodeRedSetup): ChildProcess {
  const folder = nodeRed ?? DEFAULT_VERSION.nodeRed;
  const program = node ?? DEFAULT_VERSION.node;
  const settings = join(userDir, 'settings.js');
  return spawn(program, [join(folder, 'red.js'), '-u', userDir, '-s', settings], {
    cwd: userDir,
    // Whatever loads TypeScript into the tests must not load into Node-RED.
    env: { ...process.env, NODE_OPTIONS: undefined, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}

function adminRoot(settings: NodeRedSetup['settings']): string {
  const root = settings?.httpAdminRoot;
  return typeof root === 'string' ? `/${root}`.replace(/\/+/g, '/').replace(/\/$/, '') : '';
}
