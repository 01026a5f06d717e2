import { builtinModules } from 'node:module';
import { dirname, relative, resolve, sep } from 'node:path';

const ROOT = import.meta.dirname;
const SOCKETS = ['net', 'tls', 'dns', 'dgram'];

/** Refuses what a room may not import; its option is the table of rooms. */
const fences = {
  meta: {
    type: 'problem',
    schema: [{ type: 'object' }],
    messages: {
      fence: '{{room}} may not import {{target}}. {{why}}',
      typesOnly: '{{room}} may import types of {{target}}, nothing that runs. {{why}}',
      hidden: '{{room}} may not import what only shows as it runs. {{why}}',
      homeless: 'This file is in no room of the house: give it one in eslint.rooms.mjs.',
    },
  },
  create(context) {
    const [rooms] = context.options;
    const path = pathOf(context.filename);
    const room = roomOf(path, rooms);
    if (room === undefined)
      return { Program: (node) => context.report({ node, messageId: 'homeless' }) };
    const { may, why } = rooms[room];
    const check = (node, source, isType) => {
      const name = textOf(source);
      const report = (messageId, target) =>
        context.report({ node, messageId, data: { room, target, why } });
      if (name === undefined) return report('hidden', '');
      const { target, entry } = targetOf(name, context.filename, rooms);
      if (entry === room || may.includes(entry)) return;
      const hasTypes = may.includes(`types ${entry}`);
      if (!hasTypes || !isType) report(hasTypes ? 'typesOnly' : 'fence', target);
    };
    return imports(check);
  },
};

/** Calls `check` for each way to import. */
function imports(check) {
  const isType = (part) => (part.importKind ?? part.exportKind) === 'type';
  const statement = (node) => {
    const named = node.specifiers ?? [];
    if (node.source)
      check(node, node.source, isType(node) || (named.length > 0 && named.every(isType)));
  };
  return {
    ImportDeclaration: statement,
    ExportNamedDeclaration: statement,
    ExportAllDeclaration: statement,
    ImportExpression: (node) => check(node, node.source, false),
    TSImportType: (node) => check(node, node.source, true),
    TSExternalModuleReference: (node) => check(node, node.expression, isType(node.parent)),
    'CallExpression[callee.name="require"]': (node) => check(node, node.arguments[0], false),
  };
}

/** A module's name, when it is written down. */
function textOf(source) {
  if (source?.type === 'TemplateLiteral' && source.expressions.length === 0)
    return source.quasis[0].value.cooked;
  return typeof source?.value === 'string' ? source.value : undefined;
}

/** What an import leads to, and what stands for it in the table. */
function targetOf(name, filename, rooms) {
  if (/^[./]/.test(name)) {
    const target = pathOf(resolve(dirname(filename), name));
    return { target, entry: roomOf(target, rooms) ?? target };
  }
  const [first, second] = name.replace(/^node:/, '').split('/');
  if (!builtinModules.includes(first) && !name.startsWith('node:'))
    return { target: name, entry: `npm:${first.startsWith('@') ? `${first}/${second}` : first}` };
  return { target: name, entry: SOCKETS.includes(first) ? 'node:sockets' : 'node:*' };
}

/** A path in the house, with `/` and without the ending of code. */
function pathOf(file) {
  const inside = relative(ROOT, file).split(sep).join('/');
  return inside.replace(/(\.d)?\.[cm]?[jt]s$/, '');
}

function roomOf(path, rooms) {
  const fits = (room) =>
    room.endsWith('/*')
      ? dirname(path) === room.slice(0, -2)
      : path === room || path.startsWith(`${room}/`);
  return Object.keys(rooms)
    .filter(fits)
    .sort((one, other) => one.length - other.length)
    .at(-1);
}

export default { rules: { fences } };
