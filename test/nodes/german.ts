import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Translate } from '../../words/sentences.js';

interface I18n {
  init: (settings: { lang: string }) => void;
  registerMessageCatalog: (namespace: string, folder: string, file: string) => Promise<void>;
  _: Translate;
}

const ENGLISH = {
  status: { connected: 'connected' },
  errors: {
    noPath: 'No path, says the English catalogue.',
    noServer: 'No server, says the English catalogue.',
  },
};

/** Sentences for the tests; what is missing here is what a translation has left out. */
const GERMAN = {
  status: { connected: 'verbunden' },
  errors: {
    noServer: 'Kein Server gewählt: im Knoten einen wählen.',
    absent: '__path__ wurde nicht gefunden: beide Namen prüfen.',
    deviceLost: '__path__ fehlt: wird alle __seconds__ s gesucht.',
    refused: 'Auf __host__:__port__ hört niemand: läuft owserver?',
    badOption: 'Die Einstellung __name__ ist __value__: sie muss __wanted__ sein.',
    uncertain: 'Ungewiss, ob __path__ geschrieben wurde (__reason__): erst zurücklesen.',
    closedByServer: 'owserver beendete die Verbindung vor der Antwort zu __path__ : noch einmal.',
    silent: '__host__:__port__ schwieg __seconds__ s nach der Frage nach __path__：Port prüfen.',
    returned: 'owserver: Fehler __ret__ (__text__) bei __path__: __hint__',
    wantsArray: '__path__ nimmt __count__ Werte, nicht __value__.',
    wantsText: '__path__ nimmt Text, nicht __value__.',
    wholePart: '__path__ ist __kind__: beides leer lassen.',
  },
  phrases: {
    setting: { port: 'Port' },
    wanted: { wholeNumber: 'eine ganze Zahl von __min__ bis __max__' },
    value: { elements: 'eine Liste von __count__' },
    answer: { ioError: 'Ein-/Ausgabefehler' },
    hint: { ioError: 'der Bus antwortet nicht; Kabel prüfen.' },
  },
};

/** `RED._` of a runtime whose language is German, and how to clear up after it. */
export async function germanRuntime(): Promise<{
  translate: Translate;
  close: () => Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'owserver-german-'));
  for (const [language, catalogue] of Object.entries({ 'en-US': ENGLISH, de: GERMAN })) {
    await mkdir(join(folder, language));
    await writeFile(join(folder, language, 'owserver-config.json'), JSON.stringify(catalogue));
  }
  const i18n = freshI18n();
  i18n.init({ lang: 'de' });
  const namespace = 'node-red-contrib-owserver/owserver-config';
  await i18n.registerMessageCatalog(namespace, folder, 'owserver-config.json');
  return {
    translate: (key, params) => i18n._(key, params),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Node-RED's translator as if loaded for the first time: it takes a language only once. */
function freshI18n(): I18n {
  const nodeRed = createRequire(createRequire(__filename).resolve('node-red/package.json'));
  const file = join(dirname(nodeRed.resolve('@node-red/util/package.json')), 'lib', 'i18n.js');
  const library = createRequire(file).resolve('i18next');
  const loaded = [file, library].map((path) => [path, nodeRed.cache[path]] as const);
  for (const [path] of loaded) Reflect.deleteProperty(nodeRed.cache, path);
  try {
    return nodeRed(file) as I18n;
  } finally {
    for (const [path, module] of loaded) {
      if (module) nodeRed.cache[path] = module;
      else Reflect.deleteProperty(nodeRed.cache, path);
    }
  }
}
