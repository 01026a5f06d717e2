/**
 * Brings what people read from locales/<language>/ to where Node-RED looks for it: labels and help of
 * each node and plugin beside its code, but English help on its page (@node-red/registry, loader.js).
 */
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { BuildError } from './build-error.mjs';

/** The language of the code, and of whoever has no translation. */
const ENGLISH = 'en-US';

/** The node that holds the words that all share. */
const SHARED = 'owserver-config';

/** Refuses a language in which a file is missing, or stands under a name that nobody asks for. */
export async function checkLocales(folder, parts) {
  const wanted = parts.flatMap(filesOf);
  for (const language of await readdir(folder)) {
    const files = await readdir(join(folder, language));
    const missing = wanted.find((file) => !files.includes(file));
    if (missing) throw new BuildError(`locales/${language}/${missing} is missing`);
    const stray = files.find((file) => !wanted.includes(file));
    if (stray) throw new BuildError(`locales/${language}/${stray} belongs to no node or plugin`);
  }
}

/** Only nodes have help: labels, then help. */
function filesOf({ kind, name }) {
  return kind === 'nodes' ? [`${name}.json`, `${name}.html`] : [`${name}.json`];
}

/** The help of a node in English, for its page; none of a plugin. */
export async function englishHelp(folder, { kind, name }) {
  if (kind !== 'nodes') return '';
  return `\n${await readFile(join(folder, ENGLISH, `${name}.html`), 'utf8')}`;
}

/** Copies the labels and help of a node or plugin into its folder of dist/. */
export async function copyLocales(folder, part, target) {
  for (const language of await readdir(folder)) {
    const [labels, ...help] = filesOf(part);
    for (const file of language === ENGLISH ? [labels] : [labels, ...help]) {
      const from = join(folder, language, file);
      const to = join(target, 'locales', language, file);
      if (file.endsWith('.json')) await writeSmall(to, JSON.parse(await readFile(from, 'utf8')));
      else await cp(from, to);
    }
  }
}

async function writeSmall(file, catalogue) {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(catalogue));
}

/**
 * Completes the catalogue of the shared words: the client's sentences in English, where nodes have none
 * of their own, and the names of the client's settings in the languages that have names for them.
 */
export async function completeShared(folder, dist, { MESSAGES, PHRASES }) {
  for (const language of await readdir(folder)) {
    const file = join(dist, 'nodes', SHARED, 'locales', language, `${SHARED}.json`);
    const catalogue = JSON.parse(await readFile(file, 'utf8'));
    if (language === ENGLISH) addSentences(catalogue, MESSAGES, PHRASES);
    else addSettingNames(catalogue, language, Object.keys(PHRASES));
    await writeSmall(file, catalogue);
  }
}

function addSentences(catalogue, messages, phrases) {
  if (catalogue.phrases)
    throw new BuildError('phrases in English belong into client/, not into a catalogue');
  const inNodes = catalogue.errors ?? {};
  const stray = Object.keys(inNodes).find((id) => !Object.hasOwn(messages, id));
  if (stray) throw new BuildError(`the client has no sentence ${stray}`);
  const withPlaces = (text) => text.replace(/\{(\w+)\}/g, '__$1__');
  catalogue.errors = {};
  for (const [id, { text }] of Object.entries(messages))
    catalogue.errors[id] = inNodes[id] ?? withPlaces(text);
  catalogue.phrases = {};
  for (const [id, text] of Object.entries(phrases)) {
    const [group, name] = id.split('.');
    catalogue.phrases[group] = { ...catalogue.phrases[group], [name]: withPlaces(text) };
  }
}

/** A sentence names a setting as its field is labelled; what has no field has a name of its own. */
function addSettingNames({ label, dialog, phrases }, language, ids) {
  const own = phrases.setting;
  const names = {};
  for (const id of ids.filter((one) => one.startsWith('setting.'))) {
    const name = id.replace('setting.', '');
    const labelled = inSentence(name, { ...label, ...dialog });
    if (labelled && own[name])
      throw new BuildError(`locales/${language}: the setting ${name} has a label and another name`);
    names[name] = labelled ?? own[name];
  }
  phrases.setting = { ...names, ...own };
}

/** The label of a setting as a word of a sentence, whose value is in milliseconds, not in seconds. */
function inSentence(name, labels) {
  const field = name.replace(/Ms$/, '');
  const label = labels[field];
  return label === undefined || field === name ? label : `${label} (ms)`;
}
