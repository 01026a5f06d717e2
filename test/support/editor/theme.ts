import type { BrowserContext, Page } from 'playwright-core';

/** How the editor looks. */
export type Theme = 'light' | 'dark';

/** Both looks, for a test of each. */
export const THEMES: readonly Theme[] = ['light', 'dark'];

/** Sets Node-RED 5's own choice of theme, before its editor loads. */
export async function chooseTheme(context: BrowserContext, theme: Theme): Promise<void> {
  await context.addInitScript(`localStorage.setItem('view-dark-theme', '${theme}')`);
}

/**
 * Node-RED 4 has no dark theme of its own: people install one, which sets the editor's colour
 * variables. Here each of them gets about the opposite lightness; but the header is dark already, and
 * labels of nodes stay as they are because the colours of nodes do.
 */
const DARKEN = `
  (() => {
    const root = document.documentElement;
    const names = [...document.styleSheets]
      .flatMap((sheet) => [...sheet.cssRules])
      .filter((rule) => rule.selectorText === ':root')
      .flatMap((rule) => [...rule.style])
      .filter((name) => /^--red-ui-(?!header|deploy|node-label)/.test(name));
    const values = names.map((name) => getComputedStyle(root).getPropertyValue(name).trim());
    names.forEach((name, index) => {
      if (!CSS.supports('color', values[index])) return;
      root.style.setProperty(name, 'hsl(from ' + values[index] + ' h s calc(92 - l * 0.85) / alpha)');
    });
    root.style.colorScheme = 'dark';
  })()`;

/** Makes a loaded editor without a dark theme dark. */
export async function darken(page: Page): Promise<void> {
  await page.evaluate(DARKEN);
}
