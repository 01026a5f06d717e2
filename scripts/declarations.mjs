/**
 * Leaves of the declarations of dist/ what its public doors hand out, and what that is made of: types of the
 * insides are nobody's business, and more than half of all of them.
 */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** Buffers, sockets and signals are types of Node.js, which TypeScript loads only when it is told to. */
const HEAD = '/// <reference types="node" />\n';

/** Keeps of the declarations below `folder` what these files in it export. */
export async function pruneDeclarations(folder, entries) {
  const all = await readdir(folder, { recursive: true });
  const files = all.filter((name) => name.endsWith('.d.ts')).map((name) => join(folder, name));
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  const modules = new Map(files.map((file, at) => [file, new Declarations(file, texts[at])]));
  for (const entry of entries) keepAll(modules, join(folder, entry));
  const heads = new Map(entries.map((entry) => [join(folder, entry), HEAD]));
  const write = ([file, module]) =>
    module.isKept ? writeFile(file, `${heads.get(file) ?? ''}${module.text}`) : rm(file);
  await Promise.all([...modules].map(write));
}

/** Everything that a file exports. */
function keepAll(modules, file) {
  const { exported, stars } = modules.get(file);
  for (const name of exported.keys()) keep(modules, file, name);
  for (const target of stars) keepAll(modules, target);
}

/** One export, and whatever it names; true when the file has it. */
function keep(modules, file, name) {
  const module = modules.get(file);
  const place = module?.exported.get(name);
  if (place) follow(modules, module, place);
  else return module?.stars.some((target) => keep(modules, target, name)) ?? false;
  return true;
}

function follow(modules, module, { part, from, name }) {
  if (module.kept.has(part)) return;
  module.kept.add(part);
  if (from !== undefined) {
    if (!keep(modules, from, name)) throw new Error(`${from} exports no ${name}`);
    return;
  }
  for (const used of namesIn(part, module.file))
    if (used.from !== undefined) keep(modules, used.from, used.name);
    else for (const place of module.local.get(used.name) ?? []) follow(modules, module, place);
}

/** One file: its parts, which are statements, or the names in those that import or export others. */
class Declarations {
  file;
  /** Parts that are needed. */
  kept = new Set();
  /** By the name that others know: a part, and for what comes from elsewhere from where, under which name. */
  exported = new Map();
  /** The same by the name in this file; a name may have several parts. */
  local = new Map();
  /** Files all of whose exports it exports. */
  stars = [];
  #source;

  constructor(file, text) {
    this.file = file;
    this.#source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    for (const statement of this.#source.statements) this.#add(statement);
  }

  get isKept() {
    return this.kept.size > 0 || this.stars.length > 0;
  }

  /** The file with the parts that are kept. */
  get text() {
    const texts = this.#source.statements.map((statement) => this.#textOf(statement));
    return `${texts.join('').trim()}\n`;
  }

  #add(statement) {
    const from = statement.moduleSpecifier && fileOf(this.file, statement.moduleSpecifier.text);
    if (ts.isImportDeclaration(statement))
      for (const part of partsOf(statement))
        this.#know(part.name.text, { part, from, name: (part.propertyName ?? part.name).text });
    else if (!ts.isExportDeclaration(statement)) this.#declare(statement);
    else if (!statement.exportClause) this.stars.push(from);
    else
      for (const part of partsOf(statement))
        this.exported.set(part.name.text, {
          part,
          from,
          name: (part.propertyName ?? part.name).text,
        });
  }

  #declare(statement) {
    const declared = statement.declarationList?.declarations ?? [statement];
    for (const { name } of declared) {
      // What a node exports as a whole has none.
      if (!name) continue;
      const place = { part: statement };
      this.#know(name.text, place);
      const modifiers = statement.modifiers ?? [];
      if (modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword))
        this.exported.set(name.text, place);
    }
  }

  #know(name, place) {
    this.local.set(name, [...(this.local.get(name) ?? []), place]);
  }

  #textOf(statement) {
    const parts = partsOf(statement);
    if (parts.length === 0) return this.#isWhole(statement) ? statement.getFullText() : '';
    const names = parts.filter((part) => this.kept.has(part)).map((part) => part.getText());
    if (names.length === 0) return '';
    const from = statement.moduleSpecifier ? ` from ${statement.moduleSpecifier.getText()}` : '';
    return `\n${wordOf(statement)} { ${names.join(', ')} }${from};`;
  }

  #isWhole(statement) {
    return (
      this.kept.has(statement) || (ts.isExportDeclaration(statement) && !statement.exportClause)
    );
  }
}

function wordOf(statement) {
  const { isTypeOnly } = statement.importClause ?? statement;
  const word = ts.isImportDeclaration(statement) ? 'import' : 'export';
  return isTypeOnly ? `${word} type` : word;
}

function partsOf(statement) {
  if (ts.isImportDeclaration(statement))
    return statement.importClause?.namedBindings?.elements ?? [];
  return (ts.isExportDeclaration(statement) && statement.exportClause?.elements) || [];
}

/** Whatever stands in a statement as a name, and may be one of the file, or comes from another right there. */
function namesIn(node, file) {
  const names = [];
  const visit = (each) => {
    if (ts.isIdentifier(each)) names.push({ name: each.text });
    if (ts.isImportTypeNode(each) && each.qualifier)
      names.push({
        from: fileOf(file, each.argument.literal.text),
        name: each.qualifier.getText(),
      });
    ts.forEachChild(each, visit);
  };
  visit(node);
  return names;
}

/** The declarations of a module of ours; nothing of another one's. */
function fileOf(file, name) {
  return name.startsWith('.') ? join(dirname(file), name.replace(/\.js$/, '.d.ts')) : undefined;
}
