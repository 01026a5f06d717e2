import type { Page } from 'playwright-core';

/** Collects what a user should never cause: errors on the console, requests that fail. */
export function watchProblems(page: Page): string[] {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.stack ?? error.message}`));
  page.on('console', (message) => {
    if (message.type() !== 'error' || isEcho(message.text())) return;
    problems.push(`console: ${message.text()}`);
  });
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? 'failed';
    // The page itself gave it up: nobody waits for the answer any more.
    if (reason === 'net::ERR_ABORTED') return;
    problems.push(`request: ${reason} ${request.method()} ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() < 400) return;
    problems.push(`request: ${response.status()} ${response.request().method()} ${response.url()}`);
  });
  return problems;
}

/** Undoes every watchProblems() of this page. */
export function ignoreProblems(page: Page): void {
  for (const event of ['pageerror', 'console', 'requestfailed', 'response'] as const)
    page.removeAllListeners(event);
}

/** Chromium prints this for each failed request, which is listed with its address already. */
function isEcho(text: string): boolean {
  return text.startsWith('Failed to load resource:');
}
