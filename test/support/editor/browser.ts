import { chromium, type Browser } from 'playwright-core';
import { find } from '../need.js';

/** Chromium keeps to itself: no sandbox (it may run as root), and no request but the editor's. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the Chromium of this machine without a window; always `close()` it. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = find('chromium');
  if (executablePath === undefined) throw new Error('There is no chromium on the PATH');
  return chromium.launch({ executablePath, args: ARGS });
}
