/** How long a test waits for what it expects on the screen, in milliseconds. */
export const PATIENCE_MS = 10_000;

const PAUSE_MS = 50;

/** Asks again and again until there is an answer; fails with what it waited for. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined>,
  waitMs = PATIENCE_MS,
): Promise<T> {
  const end = Date.now() + waitMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`Not within ${waitMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
