import { OwserverClient } from './built.js';
import type { Target } from './measure.js';
import { SENSORS } from './settings.js';

/** Switches of owserver for as many DS18B20 as needed, each of which shows a value of its own. */
export const OWSERVER_ARGS = [`--tester=${Array.from({ length: SENSORS }, () => '28').join()}`];

/** Asks owserver once for what each contender then must read: the temperature of every sensor. */
export async function findTargets(port: number): Promise<Target[]> {
  const client = new OwserverClient({ host: '127.0.0.1', port });
  try {
    const paths = (await client.dir('/')).map((path) => `${path}/temperature`);
    const targets = await Promise.all(
      paths.map(async (path) => {
        const [reply] = await client.message({ type: 'read', path });
        return { path, text: reply?.data.toString('latin1') ?? '' };
      }),
    );
    const texts = new Set(targets.map(({ text }) => text));
    if (texts.size !== SENSORS) throw new Error('The sensors do not show values of their own.');
    return targets;
  } finally {
    client.close();
  }
}
