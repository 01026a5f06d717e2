import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { need } from '../need.js';
import {
  startNodeRed,
  type FlowNode,
  type NodeRedProcess,
  type NodeRedSetup,
} from '../node-red.js';
import { tokenFor, USERS } from '../node-red-admin.js';
import type { Version } from '../versions.js';
import { launchBrowser } from './browser.js';
import type { Editor } from './editor.js';
import { loadEditor, type EditorOptions } from './open.js';
import { Windows } from './windows.js';

/** How a test opens the editor. */
export interface EditOptions extends EditorOptions {
  /** Flows that run when the editor opens; without them, those that the last test left. */
  flows?: readonly FlowNode[];
}

/** One Node-RED and one browser, for the tests of a suite. */
export interface EditorWorld {
  readonly nodeRed: NodeRedProcess;
  readonly browser: Browser;
  /**
   * Opens the editor as if for the first time, lets the test work with it, fails when there were
   * errors on the console, and closes it. A test that fails leaves a picture, whose file it names.
   */
  edit(options: EditOptions, work: (editor: Editor) => Promise<void>): Promise<void>;
}

const PICTURES = join(tmpdir(), 'owserver-editor');

/** Called first in the body of a `describe`: gives that suite its own Node-RED and browser. */
export function editorWorld(version: Version, setup: Partial<NodeRedSetup> = {}): EditorWorld {
  need('chromium');
  need(version);
  let nodeRed: NodeRedProcess | undefined;
  let browser: Browser | undefined;
  let windows: Windows | undefined;
  before(`starts ${version.name} and Chromium`, async function () {
    this.timeout(90_000);
    const { nodeRed: folder, node } = version;
    browser = await launchBrowser();
    windows = new Windows(browser);
    nodeRed = await startNodeRed({ flows: [], nodeRed: folder, node, ...setup });
  });
  after(`stops ${version.name} and Chromium`, async function () {
    this.timeout(60_000);
    await Promise.all([browser?.close(), nodeRed?.stop()]);
  });
  const world: EditorWorld = {
    get nodeRed() {
      return started(nodeRed);
    },
    get browser() {
      return started(browser);
    },
    edit: (options, work) => edit(world.nodeRed, started(windows), options, work),
  };
  return world;
}

function started<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('Only tests can ask: it starts before them');
  return part;
}

async function edit(
  nodeRed: NodeRedProcess,
  windows: Windows,
  { flows, ...options }: EditOptions,
  work: (editor: Editor) => Promise<void>,
): Promise<void> {
  if (flows !== undefined) {
    const token = options.user && (await tokenFor(nodeRed.url, USERS.admin));
    await nodeRed.deploy(flows, 'full', token);
  }
  const page = await windows.open(options);
  let editor: Editor | undefined;
  try {
    editor = await loadEditor(page, nodeRed, options);
    await work(editor);
    editor.assertQuiet();
    await windows.leave(page);
  } catch (error) {
    // Not into the message: that of an assertion is not shown.
    if (editor && error instanceof Error)
      error.stack = `${error.stack ?? error.message}\n${await traces(editor)}`;
    await windows.close(page);
    throw error;
  }
}

let pictures = 0;

/** What helps to see why a test failed. */
async function traces(editor: Editor): Promise<string> {
  const path = join(PICTURES, `${process.pid}-${++pictures}.png`);
  const taken = await mkdir(PICTURES, { recursive: true })
    .then(() => editor.page.screenshot({ path }))
    .catch(() => undefined);
  const picture = taken === undefined ? [] : [`picture: ${path}`];
  return [...editor.problems, ...picture].map((line) => `      ${line}`).join('\n');
}
