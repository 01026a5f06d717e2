/**
 * Writes dist/: the compiled client, simulator and nodes; each node's editor code as one inline
 * script at the head of its form; catalogues and icons where Node-RED looks for them.
 */
import { spawn } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(fileURLToPath(import.meta.url));
const at = (...parts) => join(root, ...parts);
const require = createRequire(import.meta.url);

/** Takes the icons that are not named like a node. */
const ICON_OWNER = 'owserver-config';

class BuildError extends Error {}

async function run() {
  const begin = process.hrtime.bigint();
  await rm(at('dist'), { recursive: true, force: true });
  const nodes = await nodesToBuild();
  await Promise.all([compile(), ...nodes.map(buildNode), copyIcons(nodes)]);
  const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
  console.log(`built dist/ (${nodes.length} nodes) in ${seconds.toFixed(1)} s`);
}

/** The nodes that package.json names; a folder without any code yet is passed over. */
async function nodesToBuild() {
  const { 'node-red': nodeRed } = JSON.parse(await readFile(at('package.json'), 'utf8'));
  const nodes = [];
  for (const name of Object.keys(nodeRed.nodes)) {
    const files = await readdir(at('nodes', name)).catch(() => []);
    if (!files.some((file) => file.endsWith('.ts'))) {
      console.log(`nodes/${name} has no code yet: left out`);
      continue;
    }
    for (const wanted of [`${name}.ts`, `${name}.html`, 'editor.ts', 'locales']) {
      if (!files.includes(wanted)) throw new BuildError(`nodes/${name}/${wanted} is missing`);
    }
    nodes.push(name);
  }
  return nodes;
}

function compile() {
  const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
  const child = spawn(process.execPath, [tsc, '-p', at('tsconfig.build.json')], {
    cwd: root,
    stdio: 'inherit',
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new BuildError('the sources do not compile')),
    );
  });
}

async function buildNode(name) {
  const target = at('dist', 'nodes', name);
  const [script, form] = await Promise.all([
    bundleEditor(name),
    readFile(at('nodes', name, `${name}.html`), 'utf8'),
  ]);
  await mkdir(target, { recursive: true });
  await writeFile(join(target, `${name}.html`), page(name, script, form));
  await cp(at('nodes', name, 'locales'), join(target, 'locales'), { recursive: true });
}

async function bundleEditor(name) {
  const { outputFiles } = await build({
    entryPoints: [at('nodes', name, 'editor.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2020',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'error',
    tsconfig: at('tsconfig.editor.json'),
  });
  return outputFiles[0].text;
}

/**
 * One inline script, then the form. Any other script with code, and above all one with `src`, makes
 * Node-RED load the whole set late, and a missing file stalls the editor (@node-red/editor-client,
 * red.js).
 */
function page(name, script, form) {
  if (/<script(?![^>]*type="text\/(html|markdown)")/i.test(form)) {
    throw new BuildError(
      `nodes/${name}/${name}.html holds a script: its code belongs into editor.ts`,
    );
  }
  if (!new RegExp(`RED\\.nodes\\.registerType\\("${name}", \\{`).test(script)) {
    throw new BuildError(
      `nodes/${name}/editor.ts must call RED.nodes.registerType('${name}', { ... }) with literals`,
    );
  }
  const code = script.replace(/<\/(?=script)/gi, '<\\/');
  if (code.includes('<!--'))
    throw new BuildError(`nodes/${name}/editor.ts holds "<!--", which HTML would misread`);
  return `<script type="text/javascript">\n${code}</script>\n\n${form}`;
}

/**
 * Node-RED serves the icons of a module from any of its nodes' folders
 * (@node-red/registry/lib/registry.js),
 * the Flow Library shows a node's icon only from beside that node.
 */
async function copyIcons(nodes) {
  for (const file of await readdir(at('icons'))) {
    if (!file.endsWith('.svg')) continue;
    const owner = nodes.find((name) => file === `${name}.svg`) ?? ICON_OWNER;
    await cp(at('icons', file), at('dist', 'nodes', owner, 'icons', file));
  }
}

run().catch((error) => {
  console.error(error instanceof BuildError ? `build failed: ${error.message}` : error);
  process.exitCode = 1;
});
