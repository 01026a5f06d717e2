import { dirname, join } from 'node:path/posix';
import { preProcessFile } from 'typescript';
import { filesBelow, readText } from './project.js';

/** Files by path, each with the files that it imports, types too. */
export type Imports = ReadonlyMap<string, readonly string[]>;

/** The imports among the TypeScript files below these folders. */
export function importsBelow(folders: readonly string[]): Imports {
  const files = folders.flatMap(filesBelow).filter((file) => file.endsWith('.ts'));
  return new Map(files.map((file) => [file, importsOf(file)]));
}

function importsOf(file: string): string[] {
  const { importedFiles } = preProcessFile(readText(file), true, true);
  return importedFiles
    .map(({ fileName }) => fileName)
    .filter((name) => name.startsWith('.'))
    .map((name) => join(dirname(file), name).replace(/\.js$/, '.ts'));
}

/** Circles, each as `a.ts -> b.ts -> a.ts`: none, or at least one for each knot of files. */
export function circlesOf(imports: Imports): string[] {
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): void => {
    const at = way.indexOf(file);
    if (at !== -1) circles.push([...way.slice(at), file].join(' -> '));
    if (at !== -1 || done.has(file)) return;
    for (const imported of imports.get(file) ?? []) visit(imported, [...way, file]);
    done.add(file);
  };
  for (const file of imports.keys()) visit(file, []);
  return circles;
}
