import { checkedConfig } from '../shared/checked-config.js';
import { runWatchingNode, type SavedNode } from '../shared/flow-node.js';
import type { NodeAPI, RuntimeNode } from '../shared/red.js';
import { OW_DIR_SETTINGS } from './config.js';
import { DIRECTORIES } from './watching.js';

export = (RED: NodeAPI): void => {
  RED.nodes.registerType('ow-dir', function (this: RuntimeNode, saved: SavedNode) {
    const check = (flow: SavedNode) => checkedConfig(OW_DIR_SETTINGS, flow);
    runWatchingNode(RED, this, saved, check, DIRECTORIES);
  });
};
