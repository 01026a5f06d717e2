import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Mistake } from './choices.mjs';

/**
 * Makes `.demo/` ready: this checkout as its installed package, and the demo flow on its first
 * start.
 * Whoever changed the flow keeps the changes; only the bus of the demo's own servers is set.
 * Returns whether any of these servers is still in the flow.
 */
export async function prepareUserFolder(root, address) {
  const folder = join(root, '.demo');
  const link = join(folder, 'node_modules', 'node-red-contrib-owserver');
  await mkdir(join(folder, 'node_modules'), { recursive: true });
  // Made anew each time: the checkout may have moved.
  await rm(link, { recursive: true, force: true });
  await symlink(root, link, 'junction');

  const file = join(folder, 'flows.json');
  const demo = JSON.parse(await readFile(join(root, 'examples', 'demo.json'), 'utf8'));
  const saved = await readFile(file, 'utf8').catch(() => undefined);
  const flows = useBus(saved === undefined ? demo : parseFlows(saved, file), demo, address);
  const text = `${JSON.stringify(flows.nodes, null, 4)}\n`;
  if (text !== saved) await writeFile(file, text);
  return { folder, found: flows.found };
}

/** The flow with the demo's own servers set to the simulator, or to the owserver at `address`. */
export function useBus(nodes, demo, address) {
  const servers = new Set(
    demo.filter(({ type }) => type === 'owserver-config').map(({ id }) => id),
  );
  const bus = address ? { simulator: false, ...address } : { simulator: true };
  const ours = (node) => node.type === 'owserver-config' && servers.has(node.id);
  return {
    nodes: nodes.map((node) => (ours(node) ? { ...node, ...bus } : node)),
    found: nodes.some(ours),
  };
}

function parseFlows(text, file) {
  try {
    const nodes = JSON.parse(text);
    if (Array.isArray(nodes)) return nodes;
  } catch {
    // Said below, as for anything else that is no flow.
  }
  throw new Mistake(
    `${file} is not a flow file: repair it, or delete it to begin with the demo flow again.`,
  );
}
