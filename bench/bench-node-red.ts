import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { startNodeRed, type FlowNode, type NodeRedProcess } from '../test/support/node-red.js';
import { PATIENCE_MS, type Runner } from './contender.js';
import type { Sample } from './measure.js';

/** The node types that are for the benchmark only; each is a file here and gets `bench-` before it. */
export type BenchNode = 'clock' | 'growth' | 'loop' | 'memory' | 'pace';

/** What to start Node-RED with. */
export interface BenchNodeRedSetup {
  readonly flows: readonly FlowNode[];
  readonly nodes: readonly BenchNode[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts a real Node-RED with this package and the nodes for the benchmark. */
export async function startBenchNodeRed(setup: BenchNodeRedSetup): Promise<NodeRedProcess> {
  const { flows, nodes, env = {} } = setup;
  const nodesDir = await mkdtemp(join(tmpdir(), 'owserver-bench-'));
  const clean = (): Promise<void> => rm(nodesDir, { recursive: true, force: true });
  try {
    await Promise.all(nodes.map((node) => writeNode(nodesDir, node)));
    const nodeRed = await startNodeRed({ flows, settings: { nodesDir }, env });
    const stop = nodeRed.stop.bind(nodeRed);
    return Object.assign(nodeRed, { stop: () => stop().finally(clean) });
  } catch (error) {
    await clean();
    throw error;
  }
}

/** Node-RED takes plain JavaScript only, with a form beside it. */
async function writeNode(folder: string, node: BenchNode): Promise<void> {
  await build({
    entryPoints: [join(__dirname, `${node}-node.ts`)],
    outfile: join(folder, `bench-${node}.js`),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'error',
  });
  await writeFile(join(folder, `bench-${node}.html`), '<!-- no editor half -->');
}

/**
 * A contender inside Node-RED: its orders go out by the `test-inject` with this id, its samples
 * come in by the `test-probe` with that one.
 */
export function flowContender(
  nodeRed: NodeRedProcess,
  name: string,
  ids: { readonly order: string; readonly sample: string },
): Runner {
  const fits = ({ probe }: { probe: string }): boolean => probe === ids.sample;
  return {
    name,
    run: async (order) => {
      await nodeRed.inject(ids.order, { order });
      const { msg } = await nodeRed.waitForMessage(fits, 'sample', PATIENCE_MS);
      return msg.payload as Sample;
    },
  };
}
