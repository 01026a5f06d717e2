import { strict as assert } from 'node:assert';
import ts from 'typescript';
import { OW_DIR_SETTINGS } from '../../nodes/ow-dir/config.js';
import { OW_READ_SETTINGS } from '../../nodes/ow-read/config.js';
import { OW_WRITE_SETTINGS } from '../../nodes/ow-write/config.js';
import { OWSERVER_SETTINGS } from '../../nodes/owserver-config/config.js';
import { NODES, readText } from './project.js';

const SETTINGS: Readonly<Record<string, object>> = {
  'owserver-config': OWSERVER_SETTINGS,
  'ow-read': OW_READ_SETTINGS,
  'ow-write': OW_WRITE_SETTINGS,
  'ow-dir': OW_DIR_SETTINGS,
};

/** What the Flow Library reads without running it: node-red-dev, checknodes.js. */
const LITERAL = ['category', 'color', 'icon', 'inputs', 'outputs'];

/** Type and definition of the nodes that a script registers. */
function registered(script: string): [type: ts.Expression, definition: ts.Expression][] {
  const found: [ts.Expression, ts.Expression][] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText().endsWith('.registerType')) {
      found.push([node.arguments[0]!, node.arguments[1]!]);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('page.js', script, ts.ScriptTarget.Latest, true));
  return found;
}

/** The properties of an object literal by name; fails where there is a spread or a computed name. */
function propertiesOf(expression: ts.Expression | undefined): Map<string, ts.Expression> {
  assert.ok(expression && ts.isObjectLiteralExpression(expression), 'no object literal');
  const properties = expression.properties.map((property): [string, ts.Expression] => {
    if (ts.isMethodDeclaration(property)) return [property.name.getText(), expression];
    assert.ok(ts.isPropertyAssignment(property), `${property.getText()} is not plain`);
    assert.ok(ts.isIdentifier(property.name), `${property.getText()} has no plain name`);
    return [property.name.text, property.initializer];
  });
  return new Map(properties);
}

for (const name of NODES) {
  describe(`the Flow Library and ${name}`, () => {
    const read = (): [type?: ts.Expression, definition?: ts.Expression] => {
      const html = readText('dist', 'nodes', name, `${name}.html`);
      const [, script] = /<script type="text\/javascript">([\s\S]*?)<\/script>/.exec(html)!;
      return registered(script!)[0] ?? [];
    };

    it('read its type and its looks', () => {
      const [type, definition] = read();
      assert.ok(type && ts.isStringLiteral(type));
      assert.equal(type.text, name);
      const properties = propertiesOf(definition);
      for (const looks of LITERAL.filter((each) => properties.has(each))) {
        assert.ok(ts.isLiteralExpression(properties.get(looks)!), looks);
      }
      const wanted = name === 'owserver-config' ? ['category'] : LITERAL;
      assert.deepEqual(
        LITERAL.filter((each) => properties.has(each)),
        wanted,
      );
    });

    it('read the names of its settings', () => {
      const [, definition] = read();
      const names = [...propertiesOf(propertiesOf(definition).get('defaults')).keys()];
      assert.deepEqual(names, Object.keys(SETTINGS[name]!));
    });
  });
}
