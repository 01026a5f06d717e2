import type { Browser, Page } from 'playwright-core';
import { openWindow, type WindowOptions } from './open.js';
import { ignoreProblems } from './problems.js';

/**
 * The windows of one browser, each for all tests that want it made in the same way: a window that
 * has loaded the editor once has its scripts compiled, and loads it in a quarter of the time.
 */
export class Windows {
  readonly #browser: Browser;
  readonly #pages = new Map<string, Page>();

  constructor(browser: Browser) {
    this.#browser = browser;
  }

  /** An empty window that remembers nothing of what was in it. */
  async open({ theme, locale, viewport, scale }: WindowOptions): Promise<Page> {
    const key = JSON.stringify([theme, locale, viewport, scale]);
    const kept = this.#pages.get(key);
    if (kept !== undefined && !kept.isClosed()) return kept;
    const page = await openWindow(this.#browser, {
      ...(theme && { theme }),
      ...(locale && { locale }),
      ...(viewport && { viewport }),
      ...(scale && { scale }),
    });
    this.#pages.set(key, page);
    return page;
  }

  /** Empties a window for the next test; one in which something went wrong is better closed. */
  async leave(page: Page): Promise<void> {
    const { origin } = new URL(page.url());
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await page.mouse.move(0, 0);
    await page.evaluate('sessionStorage.clear()');
    await page.goto('about:blank');
    ignoreProblems(page);
    const context = page.context();
    await context.clearCookies();
    const browser = await context.newCDPSession(page);
    // Not before: the editor may save its state when it is left.
    await browser.send('Storage.clearDataForOrigin', { origin, storageTypes: 'local_storage' });
    await browser.detach();
  }

  /** Closes a window: the next test gets a new one. */
  async close(page: Page): Promise<void> {
    await page.context().close();
  }
}
