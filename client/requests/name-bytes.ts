import { decodeText } from '../protocol/index.js';

/** Most names that are kept: an owserver with more of them than this has other troubles. */
const LIMIT = 1_000;

/** Longest name, in bytes; owlib/src/include/ow_filetype.h, `PROPERTY_LENGTH_ALIAS`. */
const LONGEST = 256;

/**
 * Names of devices as text and as the bytes owserver knows them by. An alias that is not UTF-8 is
 * shown as latin-1; sent back as UTF-8 it would not be found, so its bytes are remembered.
 */
export class NameBytes {
  readonly #bytes = new Map<string, Buffer>();
  readonly #onNew: () => void;

  /** `onNew` is called when a name turns out to have bytes of its own. */
  constructor(onNew: () => void) {
    this.#onNew = onNew;
  }

  /** The text of a path or a name. */
  decode(bytes: Buffer): string {
    const text = decodeText(bytes);
    if (!Buffer.from(text).equals(bytes)) this.#remember(text);
    return text;
  }

  /** The bytes of a path, its own closing NUL not included. */
  encode(path: string): Buffer {
    if (this.#bytes.size === 0) return Buffer.from(path);
    const slash = Buffer.from('/');
    const elements = path.split('/').map((name) => this.#bytes.get(name) ?? Buffer.from(name));
    return Buffer.concat(elements.flatMap((name, index) => (index === 0 ? [name] : [slash, name])));
  }

  #remember(text: string): void {
    for (const name of text.split('/')) {
      const latin1 = Buffer.from(name, 'latin1');
      const known = this.#bytes.has(name) || latin1.equals(Buffer.from(name));
      if (known || latin1.length > LONGEST || this.#bytes.size >= LIMIT) continue;
      this.#bytes.set(name, latin1);
      this.#onNew();
    }
  }
}
