import { spawn } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** A serial line whose other end owserver opens. */
export interface SerialLine {
  /** `/dev/pts/3` or alike. */
  readonly tty: string;
  send(bytes: Buffer): void;
}

/**
 * Has socat make a pseudo terminal, which Node.js cannot; it ends with this process, whose end
 * closes its standard input.
 */
export function openSerialLine(receive: (bytes: Buffer) => void): Promise<SerialLine> {
  const socat = spawn('socat', ['-d', '-d', 'PTY,raw,echo=0', 'STDIO']);
  const log: string[] = [];
  process.once('exit', () => socat.kill());
  // Its end is reported by itself.
  socat.stdin.on('error', () => undefined);
  socat.stdout.on('data', receive);
  return new Promise((resolve, reject) => {
    socat.once('error', reject);
    socat.once('exit', () => reject(new Error(`socat ended\n${log.join('\n')}`)));
    createInterface({ input: socat.stderr }).on('line', (line) => {
      log.push(line);
      const tty = / PTY is (\/\S+)/.exec(line)?.[1];
      if (tty === undefined) return;
      keepOpen(tty);
      resolve({ tty, send: (bytes) => socat.stdin.write(bytes) });
    });
  });
}

/** While somebody has it open, socat stays when owserver closes it to open it anew. */
function keepOpen(tty: string): void {
  const file = openSync(tty, constants.O_RDWR | constants.O_NOCTTY);
  process.once('exit', () => closeSync(file));
}
