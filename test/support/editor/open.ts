import type { Browser, Page } from 'playwright-core';
import type { NodeRedProcess } from '../node-red.js';
import type { User } from '../node-red-admin.js';
import { Editor } from './editor.js';
import { isReady } from './in-page.js';
import { watchProblems } from './problems.js';
import { chooseTheme, darken, type Theme } from './theme.js';
import { PATIENCE_MS } from './until.js';

/** How a browser window is made. */
export interface WindowOptions {
  /** @default 'light' */
  theme?: Theme;
  /** Language of the browser. @default 'en-US' */
  locale?: string;
  /** @default 1400 x 900 */
  viewport?: { width: number; height: number };
  /** Pixels of the picture for one of the page. @default 1 */
  scale?: number;
}

/** How the editor opens. */
export interface EditorOptions extends WindowOptions {
  /** For a Node-RED with adminAuth. */
  user?: User;
}

/** Where the editor is. */
export type EditorHost = Pick<NodeRedProcess, 'url' | 'nextStart'>;

const VIEWPORT = { width: 1400, height: 900 };
/** A busy machine takes its time to load the editor's scripts. */
const LOAD_MS = 30_000;

/** Opens the editor in a browser of its own memory; always `close()` the page's context. */
export async function openEditor(
  browser: Browser,
  nodeRed: EditorHost,
  options: EditorOptions = {},
): Promise<Editor> {
  const page = await openWindow(browser, options);
  try {
    return await loadEditor(page, nodeRed, options);
  } catch (error) {
    await page.context().close();
    throw error;
  }
}

/** An empty window in a browser of its own memory; always `close()` the page's context. */
export async function openWindow(browser: Browser, options: WindowOptions): Promise<Page> {
  const context = await browser.newContext({
    viewport: options.viewport ?? VIEWPORT,
    locale: options.locale ?? 'en-US',
    deviceScaleFactor: options.scale ?? 1,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  // Functions that are sent to the page carry this helper of the compiler with them.
  await context.addInitScript('globalThis.__name = (target) => target');
  await chooseTheme(context, options.theme ?? 'light');
  return context.newPage();
}

/** Loads the editor into a window that was opened with the same options. */
export async function loadEditor(
  page: Page,
  nodeRed: EditorHost,
  options: EditorOptions,
): Promise<Editor> {
  const problems = watchProblems(page);
  await load(page, nodeRed.url, options.user, problems);
  if (options.theme === 'dark' && !(await hasDarkTheme(page))) await darken(page);
  return new Editor({ page, nodeRed, problems });
}

async function load(
  page: Page,
  url: string,
  user: User | undefined,
  problems: string[],
): Promise<void> {
  const live = listens(page);
  // Whoever gives up before must not leave a rejection behind.
  live.catch(() => undefined);
  await page.goto(url, { waitUntil: 'commit' });
  if (user !== undefined) await logIn(page, user, problems);
  await page.waitForFunction(isReady, undefined, { timeout: LOAD_MS });
  await page.locator('#red-ui-loading-progress').waitFor({ state: 'hidden', timeout: LOAD_MS });
  await live;
}

/** Resolves when the editor has asked for debug messages: what is sent before, it never shows. */
async function listens(page: Page): Promise<void> {
  const socket = await page.waitForEvent('websocket', { timeout: LOAD_MS });
  const asks = ({ payload }: { payload: string | Buffer }): boolean =>
    String(payload).includes('debug');
  await socket.waitForEvent('framesent', { predicate: asks, timeout: LOAD_MS });
}

/** The first request without a login is refused, which is no problem but the way to the form. */
async function logIn(page: Page, user: User, problems: string[]): Promise<void> {
  await page.locator('#node-dialog-login-username').fill(user.username, { timeout: LOAD_MS });
  await page.locator('#node-dialog-login-password').fill(user.password);
  problems.splice(0);
  await page.locator('#node-dialog-login-submit').click();
  await page.locator('#node-dialog-login').waitFor({ state: 'hidden' });
}

async function hasDarkTheme(page: Page): Promise<boolean> {
  return (await page.locator('html.nr-theme-dark').count()) > 0;
}
