import type { ShownValue } from '../../contract/admin-api.js';
import type { Directory } from '../../editor/browse/directory.js';

/** Pause between two readings of what can be seen. */
const PAUSE_MS = 5_000;

/** Most values of one reading: what cannot be seen waits until it is scrolled to. */
const MOST = 100;

/** Something that shows the value of a path. */
export interface Cell {
  readonly path: string;
  readonly element: HTMLElement;
  readonly show: (value: ShownValue) => void;
  /** Is somebody just changing it? */
  readonly busy?: () => boolean;
}

/**
 * Reads the values that somebody can see, again and again, and nothing else: neither what is scrolled
 * away nor anything while the sidebar or the window is hidden. The next reading begins when the one
 * before has ended, so that a slow bus is not asked more than it can tell.
 */
export class LiveValues {
  readonly #directory: () => Directory;
  readonly #cells = new Set<Cell>();
  readonly #seen = new Set<Element>();
  readonly #observer: IntersectionObserver;
  #visible = false;
  #reading = false;
  #timer: number | undefined;

  constructor(directory: () => Directory) {
    this.#directory = directory;
    this.#observer = new IntersectionObserver((changes) => {
      for (const { target, isIntersecting } of changes) {
        if (isIntersecting) this.#seen.add(target);
        else this.#seen.delete(target);
      }
      if (changes.some(({ isIntersecting }) => isIntersecting)) this.soon();
    });
  }

  /** Keeps a cell up to date for as long as it is in the page. */
  add(cell: Cell): void {
    this.#cells.add(cell);
    this.#observer.observe(cell.element);
  }

  /** The sidebar is seen now, or no more. */
  setVisible(visible: boolean): void {
    this.#visible = visible;
    if (visible) this.soon();
    else this.#stop();
  }

  /** Reads in a moment: several reasons to read are one. */
  soon(): void {
    this.#plan(100);
  }

  #stop(): void {
    window.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #plan(ms: number): void {
    this.#stop();
    if (this.#visible && !this.#reading)
      this.#timer = window.setTimeout(() => void this.#read(), ms);
  }

  async #read(): Promise<void> {
    for (const cell of this.#cells) if (!cell.element.isConnected) this.#drop(cell);
    const cells = [...this.#cells].filter((cell) => this.#seen.has(cell.element)).slice(0, MOST);
    if (cells.length === 0) return;
    this.#reading = true;
    try {
      const values = await this.#directory().read([...new Set(cells.map((cell) => cell.path))]);
      const byPath = new Map(values.map((value) => [value.path, value]));
      for (const cell of cells) {
        const value = byPath.get(cell.path);
        if (value && cell.busy?.() !== true) cell.show(value);
      }
    } catch {
      // The state of the server says why; the values are asked for again.
    } finally {
      this.#reading = false;
      this.#plan(PAUSE_MS);
    }
  }

  #drop(cell: Cell): void {
    this.#cells.delete(cell);
    this.#observer.unobserve(cell.element);
    this.#seen.delete(cell.element);
  }
}
