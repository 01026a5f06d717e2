import { startOwserver } from '../../test/support/owserver.js';
import { startBenchNodeRed } from '../bench-node-red.js';
import type { Effort } from '../effort.js';
import { showSpread } from '../numbers.js';
import { findTargets, OWSERVER_ARGS } from '../targets.js';
import { paceFlows, showCpu } from './cpu.js';
import { showIdle } from './idle.js';
import { showListing } from './listing.js';
import { loadTimes } from './load-time.js';
import { NODES, showMemory } from './memory.js';

/** Part d: what the nodes cost in CPU, memory, sockets, time to load, and requests. */
export async function costs(effort: Effort): Promise<void> {
  const owserver = await startOwserver({ args: OWSERVER_ARGS });
  const { port } = owserver;
  try {
    const targets = await findTargets(port);
    const nodeRed = await startBenchNodeRed({
      flows: paceFlows(port),
      nodes: ['pace', 'memory'],
      env: { NODE_OPTIONS: '--expose-gc' },
    });
    try {
      await showCpu(nodeRed, owserver, targets, effort);
      await showMemory(nodeRed, port, targets, effort);
      await showIdle(nodeRed.pid, port, NODES);
    } finally {
      await nodeRed.stop();
    }
  } finally {
    await owserver.stop();
  }
  await showListing();
  await showLoadTimes();
}

async function showLoadTimes(): Promise<void> {
  const { client, nodes } = await loadTimes();
  console.log(`\ntime to load the client: ${showSpread(client, 1)} ms`);
  console.log(`time to load the four nodes: ${showSpread(nodes, 1)} ms`);
}
