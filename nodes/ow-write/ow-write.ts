import { runFlowNode, type SavedNode } from '../shared/flow-node.js';
import type { NodeAPI, RuntimeNode } from '../shared/red.js';
import { OW_WRITE_SETTINGS } from './config.js';
import { operate } from './operation.js';

export = (RED: NodeAPI): void => {
  RED.nodes.registerType('ow-write', function (this: RuntimeNode, saved: SavedNode) {
    runFlowNode(RED, this, saved, OW_WRITE_SETTINGS, operate);
  });
};
