import { checkedConfig } from '../shared/checked-config.js';
import { runWatchingNode, type SavedNode } from '../shared/flow-node.js';
import type { NodeAPI, RuntimeNode } from '../shared/red.js';
import { OW_READ_SETTINGS } from './config.js';
import { READINGS } from './watching.js';

export = (RED: NodeAPI): void => {
  RED.nodes.registerType('ow-read', function (this: RuntimeNode, saved: SavedNode) {
    const check = (flow: SavedNode) => checkedConfig(OW_READ_SETTINGS, flow);
    runWatchingNode(RED, this, saved, check, READINGS);
  });
};
