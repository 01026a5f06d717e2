/**
 * What npm runs after `npm ci` in a checkout, and for an install from git, which has no dist/ otherwise.
 * Without the compilers, as with `npm ci --omit=dev`, there is nothing to build with: that is no failure.
 */
import { createRequire } from 'node:module';

// `npm pack --json` runs this too, and prints the answer of its own.
console.log = console.error;

const require = createRequire(import.meta.url);

function has(name) {
  try {
    require.resolve(name);
    return true;
  } catch {
    return false;
  }
}

if (['typescript', 'esbuild'].every(has)) {
  process.argv.push('--if-needed');
  await import('../build.mjs');
} else console.log('dist/ is not built: that takes the devDependencies');
