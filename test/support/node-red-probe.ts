/**
 * Runs inside the tests' Node-RED: node types `test-probe` (hands every message to the test) and
 * `test-inject` (sends what the test says), talking over the IPC channel of the process.
 * Plain JavaScript as text, because Node-RED loads it from a folder of its own, with any Node.js.
 */
export const PROBE_JS = `
const revive = (key, value) =>
  value && value.type === 'Buffer' && Array.isArray(value.data) ? Buffer.from(value.data) : value;

module.exports = (RED) => {
  const tell = (report) => process.send(JSON.stringify(report));

  RED.nodes.registerType('test-probe', function (config) {
    RED.nodes.createNode(this, config);
    this.on('input', (msg, send, done) => {
      const { req, res, ...plain } = msg;
      tell({ kind: 'message', probe: this.id, msg: plain });
      done();
    });
  });

  RED.nodes.registerType('test-inject', function (config) {
    RED.nodes.createNode(this, config);
  });

  process.on('message', (text) => {
    const { call, node: id, msg } = JSON.parse(text, revive);
    const node = RED.nodes.getNode(id);
    if (node) node.send(msg);
    tell({ kind: 'injected', call, found: Boolean(node) });
  });

  RED.server.once('listening', () => tell({ kind: 'listening', port: RED.server.address().port }));
  RED.events.on('flows:started', () => tell({ kind: 'started' }));
  RED.events.on('runtime-event', ({ payload }) => {
    if (payload && payload.error === 'missing-types') tell({ kind: 'missing', types: payload.types });
  });
};
`;

/** The browser's half, so that the editor can show and draw these nodes. */
export const PROBE_HTML = `
<script type="text/javascript">
  RED.nodes.registerType('test-probe', {
    category: 'function', color: '#ddd', defaults: { name: { value: '' } }, inputs: 1, outputs: 0,
    label: function () { return this.name || 'test-probe'; },
  });
  RED.nodes.registerType('test-inject', {
    category: 'function', color: '#ddd', defaults: { name: { value: '' } }, inputs: 0, outputs: 1,
    label: function () { return this.name || 'test-inject'; },
  });
</script>
<script type="text/html" data-template-name="test-probe"></script>
<script type="text/html" data-template-name="test-inject"></script>
`;
