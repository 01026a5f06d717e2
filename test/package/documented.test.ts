import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import ts from 'typescript';
import { OwserverClient } from '../../client/index.js';
import { ERROR_CODES } from '../../client/internal.js';
import { readText, ROOT } from './project.js';

const PAGE = readText('docs/client.md');

/** What stands on the page as code, in the text or in an example. */
const CODE = [...PAGE.matchAll(/```[^]*?```|`[^`]+`/g)].map(([code]) => code).join('\n');

const isNamed = (name: string): boolean => new RegExp(`(?<!\\w)${name}(?!\\w)`).test(CODE);

/** The types of a door as they are published. */
function typesOf(door: string): { checker: ts.TypeChecker; exported: ts.Symbol[] } {
  const file = join(ROOT, 'dist', door, 'index.d.ts');
  const program = ts.createProgram([file], { types: ['node'], skipLibCheck: true });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  return { checker, exported: module ? checker.getExportsOfModule(module) : [] };
}

describe('docs/client.md', function () {
  this.timeout(60_000);
  let client: ReturnType<typeof typesOf>;
  before(() => {
    client = typesOf('client');
  });

  /** Fields and methods of an export. */
  const membersOf = (name: string): string[] => {
    const symbol = client.exported.find((one) => one.getName() === name);
    assert.ok(symbol, `no export ${name}`);
    const target =
      (symbol.flags & ts.SymbolFlags.Alias) === 0
        ? symbol
        : client.checker.getAliasedSymbol(symbol);
    const { checker } = client;
    const members = checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(target));
    return members.map((member) => member.getName()).filter((one) => /^[a-z]\w*$/i.test(one));
  };

  it('tells of each export of the client', () => {
    const names = client.exported.map((symbol) => symbol.getName());
    assert.ok(names.length > 40, `${names.length} exports`);
    assert.deepEqual(
      names.filter((name) => !isNamed(name)),
      [],
    );
  });

  it('tells of each call', () => {
    const inherited = ['toString', 'name', 'stack'];
    for (const name of ['OwserverClient', 'OwError']) {
      const members = membersOf(name).filter((one) => !inherited.includes(one));
      assert.deepEqual(
        members.filter((member) => !isNamed(member)),
        [],
        name,
      );
    }
  });

  it('tells of each option, and of each field of an answer', () => {
    const types = client.exported.map((symbol) => symbol.getName());
    const told = types.filter((name) =>
      /(Options|Reading|Written|Details|Cost|Failed|Device|Entry|Info|Raw\w+|Pong|Converted|Server|Traced\w+)$/.test(
        name,
      ),
    );
    assert.ok(told.length > 20, told.join());
    for (const name of told) {
      const members = membersOf(name);
      assert.deepEqual(
        members.filter((member) => !isNamed(member)),
        [],
        name,
      );
    }
  });

  it('tells of each code of an error', () => {
    for (const code of ERROR_CODES) assert.ok(PAGE.includes(`| \`${code}\` |`), code);
  });

  it('names no export that there is not', () => {
    const names = [...client.exported, ...typesOf('simulator').exported].map((one) =>
      one.getName(),
    );
    const types = [...PAGE.matchAll(/`([A-Z][a-z]+[A-Z]\w+)(<Path>)?`/g)].map(([, name]) => name!);
    const others = ['AbortSignal', 'OwserverListener'];
    assert.ok(types.length > 30, `${types.length} types`);
    assert.deepEqual(
      types.filter((name) => !names.includes(name) && !others.includes(name)),
      [],
    );
  });

  it('has defaults that are those of the client', () => {
    const rows = [...PAGE.matchAll(/^\| (`\w+`(?:, `\w+`)*) \| ([^|]+) \|/gm)];
    const { options } = new OwserverClient();
    let checked = 0;
    for (const [, names = '', defaults = ''] of rows) {
      const values = [...defaults.matchAll(/'[^']*'|\d+|true|false/g)].map(([value]) => value);
      [...names.matchAll(/\w+/g)].forEach(([name], at) => {
        const value: unknown = Object.entries(options).find(([option]) => option === name)?.[1];
        if (!['string', 'number', 'boolean'].includes(typeof value)) return;
        assert.equal(values[at]?.replaceAll("'", '"'), JSON.stringify(value), name);
        checked += 1;
      });
    }
    assert.ok(checked >= 16, `${checked} defaults`);
  });
});
