/**
 * Writes dist/: the compiled client, simulator and nodes; the editor code of each node and plugin as
 * one inline script at the head of its page; catalogues and icons where Node-RED looks for them.
 * What is there stays until the new one is complete. With `--if-needed` nothing is done where dist/ was made
 * of the very same files.
 */
import { spawn } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import { BuildError } from './scripts/build-error.mjs';
import { hashInputs } from './scripts/inputs.mjs';
import { checkLocales, completeShared, copyLocales, englishHelp } from './scripts/locales.mjs';
import { withLiteralDefaults } from './scripts/literal-defaults.mjs';

const root = dirname(fileURLToPath(import.meta.url));
const at = (...parts) => join(root, ...parts);
const DIST = `dist.${process.pid}`;
const out = (...parts) => at(DIST, ...parts);
const require = createRequire(import.meta.url);
const LOCALES = at('locales');

/** Says what dist/ was made of; it is not published. */
const MADE_OF = '.inputs';

/** What programs may import, each with a module for `import` beside the one for `require`. */
const DOORS = ['client/index', 'simulator/index'];

/** Takes the icons that are not named like a node. */
const ICON_OWNER = 'owserver-config';

async function run() {
  const begin = process.hrtime.bigint();
  const inputs = await hashInputs(root);
  if (process.argv.includes('--if-needed') && (await madeOf()) === inputs) return;
  const [nodes, plugins] = [await partsToBuild('nodes'), await partsToBuild('plugins')];
  await checkLocales(LOCALES, [...nodes, ...plugins]);
  try {
    await Promise.all([compile(), ...[...nodes, ...plugins].map(buildPart), copyIcons(nodes)]);
    await Promise.all([prune(), stripComments()]);
    await Promise.all(DOORS.map(openForImport));
    await completeShared(LOCALES, out(), require(out('client', 'internal.js')));
    await writeFile(out(MADE_OF), inputs);
    await rm(at('dist'), { recursive: true, force: true });
    await rename(out(), at('dist'));
  } finally {
    await rm(out(), { recursive: true, force: true });
  }
  const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
  const count = `${nodes.length} nodes, ${plugins.length} plugins`;
  console.log(`built dist/ (${count}) in ${seconds.toFixed(1)} s`);
}

/** What dist/ was made of, if there is one. */
function madeOf() {
  return readFile(at('dist', MADE_OF), 'utf8').catch(() => undefined);
}

/** The nodes or plugins that package.json names, each with its files. */
async function partsToBuild(kind) {
  const { 'node-red': nodeRed } = JSON.parse(await readFile(at('package.json'), 'utf8'));
  const parts = [];
  for (const name of Object.keys(nodeRed[kind] ?? {})) {
    const files = await readdir(at(kind, name)).catch(() => []);
    const code = kind === 'nodes' ? [`${name}.ts`] : [];
    for (const wanted of [...code, `${name}.html`, 'editor.ts']) {
      if (!files.includes(wanted)) throw new BuildError(`${kind}/${name}/${wanted} is missing`);
    }
    parts.push({ kind, name });
  }
  return parts;
}

function compile() {
  const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
  const child = spawn(process.execPath, [tsc, '-p', at('tsconfig.build.json'), '--outDir', out()], {
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

/** Comments are for who reads the sources; in the package they would be a tenth of all that is downloaded. */
async function stripComments() {
  const files = await readdir(out(), { recursive: true });
  const code = files.filter((file) => file.endsWith('.js'));
  await Promise.all(
    code.map(async (file) => {
      const whole = await readFile(out(file), 'utf8');
      const stripped = await transform(whole, { charset: 'utf8', legalComments: 'none' });
      await writeFile(out(file), stripped.code);
    }),
  );
}

/** Loaded here: the compiler is not needed where dist/ is as it should be. */
async function prune() {
  const { pruneDeclarations } = await import('./scripts/declarations.mjs');
  await pruneDeclarations(
    out(),
    DOORS.map((door) => `${door}.d.ts`),
  );
}

/**
 * A module for `import` that hands out the very exports of the other one, so that a program that gets both, by
 * a package of its own, has one class of errors.
 */
async function openForImport(door) {
  const names = Object.keys(require(out(`${door}.js`)));
  const from = `'./${basename(door)}.js';\n`;
  await writeFile(out(`${door}.mjs`), `export { ${names.join(', ')} } from ${from}`);
  await writeFile(out(`${door}.d.mts`), `export * from ${from}`);
}

async function buildPart({ kind, name }) {
  const target = out(kind, name);
  const [script, form, help] = await Promise.all([
    bundleEditor(kind, name),
    readFile(at(kind, name, `${name}.html`), 'utf8'),
    englishHelp(LOCALES, { kind, name }),
  ]);
  await mkdir(target, { recursive: true });
  await writeFile(
    join(target, `${name}.html`),
    await page(kind, name, readable(kind, name, script), form + help),
  );
  await copyLocales(LOCALES, { kind, name }, target);
}

async function bundleEditor(kind, name) {
  const { outputFiles } = await build({
    entryPoints: [at(kind, name, 'editor.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2020',
    charset: 'utf8',
    plugins: [{ name: 'styles', setup: loadStyles }],
    legalComments: 'none',
    logLevel: 'error',
    tsconfig: at('tsconfig.editor.json'),
  });
  return outputFiles[0].text;
}

/** Style sheets as text, without what only their readers need. */
function loadStyles({ onLoad }) {
  onLoad({ filter: /\.css$/ }, async ({ path }) => {
    const { code } = await transform(await readFile(path, 'utf8'), { loader: 'css', minify: true });
    return { contents: code, loader: 'text' };
  });
}

/** The script of a node as the Flow Library can read it. */
function readable(kind, name, script) {
  if (kind !== 'nodes') return script;
  try {
    return withLiteralDefaults(script);
  } catch (error) {
    throw new BuildError(`${kind}/${name}/editor.ts: ${error.message}`);
  }
}

/**
 * One inline script, then the form. Any other script with code, and above all one with `src`, makes
 * Node-RED load the whole set late, and a missing file stalls the editor (@node-red/editor-client,
 * red.js).
 */
async function page(kind, name, script, form) {
  const source = `${kind}/${name}`;
  if (/<script(?![^>]*type="text\/(html|markdown)")/i.test(form)) {
    throw new BuildError(`${source}/${name}.html holds a script: its code belongs into editor.ts`);
  }
  const [call, open] =
    kind === 'nodes' ? ['RED.nodes.registerType', ', \\{'] : ['RED.plugins.registerPlugin', ','];
  if (!new RegExp(`${call.replaceAll('.', '\\.')}\\("${name}"${open}`).test(script)) {
    throw new BuildError(`${source}/editor.ts must call ${call}('${name}', { ... }) with literals`);
  }
  // What is literal stays so: the Flow Library reads it.
  const small = { minifyWhitespace: true, minifyIdentifiers: true, charset: 'utf8' };
  const code = (await transform(script, small)).code.replace(/<\/(?=script)/gi, '<\\/');
  if (code.includes('<!--'))
    throw new BuildError(`${source}/editor.ts holds "<!--", which HTML would misread`);
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
    const owner = nodes.find(({ name }) => file === `${name}.svg`)?.name ?? ICON_OWNER;
    await cp(at('icons', file), out('nodes', owner, 'icons', file));
  }
}

run().catch((error) => {
  console.error(error instanceof BuildError ? `build failed: ${error.message}` : error);
  process.exitCode = 1;
});
