import type { Branch, ChipState } from '../setup.js';
import { LISTEN, Slave, type Talk } from '../slave.js';

const COMMAND = {
  status: 0x5a,
  allOff: 0x66,
  discharge: 0x99,
  directMain: 0xa5,
  smartMain: 0xcc,
  smartAux: 0x33,
} as const;

const READ_ONLY = 0xff;
/** What to write to the status, and the two highest bits that it then shows (OW_w_control). */
const CONTROLS = new Map([
  [0x20, 0x80],
  [0xa0, 0xc0],
  [0x00, 0x00],
  [0x40, 0x40],
]);

/** A coupler with two branches, one of them connected at a time or none: DS2409, family 1F. */
export class Ds2409 extends Slave {
  /** Who hangs on which branch. */
  readonly branches: Readonly<Record<Branch, Slave[]>> = { main: [], aux: [] };
  #branch: Branch | undefined;
  #control = 0x80;

  override behind(): readonly Slave[] {
    return this.#branch ? this.branches[this.#branch] : [];
  }

  override *talk(): Talk {
    const command = yield LISTEN;
    switch (command) {
      case COMMAND.status:
        return yield* this.#status();
      case COMMAND.allOff:
      case COMMAND.discharge:
        this.#branch = undefined;
        yield command;
        return;
      case COMMAND.directMain:
        this.#branch = 'main';
        yield command;
        return;
      case COMMAND.smartMain:
        return yield* this.#smartOn('main', command);
      case COMMAND.smartAux:
        return yield* this.#smartOn('aux', command);
    }
  }

  override powerOn(): void {
    super.powerOn();
    this.#branch = undefined;
  }

  override state(): ChipState {
    const state = super.state();
    return this.#branch ? { ...state, branch: this.#branch } : state;
  }

  /**
   * Connects a branch after a reset of its own: a stimulus, whether anybody is there, the command
   * again (owlib/src/c/ow_select.c, BUS_select_branch). Then the branch alone takes ROM commands.
   */
  *#smartOn(branch: Branch, command: number): Talk {
    yield LISTEN;
    this.#branch = branch;
    const slaves = this.branches[branch];
    yield slaves.some(({ present }) => present) ? 0 : LISTEN;
    yield command;
    this.wire.expectRomCommand(slaves);
  }

  *#status(): Talk {
    const written = yield LISTEN;
    if (written !== READ_ONLY) this.#control = CONTROLS.get(written) ?? this.#control;
    for (;;) yield () => this.#info;
  }

  /** Bits 0 and 2: branch off; 1 and 3: its level. */
  get #info(): number {
    const main = this.#branch === 'main' ? 0 : 1;
    const aux = this.#branch === 'aux' ? 0 : 4;
    return this.#control | main | aux | 0x0a;
  }
}
