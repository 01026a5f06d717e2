import { runInNewContext } from 'node:vm';

/**
 * The script of a node's page with the names of its settings written out, `defaults: { name: ..., }`:
 * the Flow Library reads them without running anything, and finds no example for a node whose
 * `defaults` are no literal (node-red-dev, checknodes.js).
 * @throws Error when the script does not hand its `defaults` over as one variable
 */
export function withLiteralDefaults(script) {
  const handedOver = /^(\s*)defaults(?:: (\w+))?,$/gm;
  if (script.match(handedOver)?.length !== 1) {
    throw new Error('must hand one variable `defaults` to RED.nodes.registerType');
  }
  const names = settingNames(script);
  return script.replace(handedOver, (_line, indent, variable = 'defaults') => {
    const fields = names.map((name) => `${indent}  ${name}: ${variable}.${name},\n`);
    return `${indent}defaults: {\n${fields.join('')}${indent}},`;
  });
}

/** Asks the script, with as much of an editor as it sees when it is loaded. */
function settingNames(script) {
  let names = [];
  const registerType = (_type, { defaults }) => (names = Object.keys(defaults));
  const validators = { typedInput: () => () => true };
  runInNewContext(script, { RED: { nodes: { registerType }, validators } });
  return names;
}
