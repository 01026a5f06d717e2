import { readdir, readFile, readlink } from 'node:fs/promises';

/** Microseconds in one tick of /proc/PID/stat, 1/100 s on Linux. */
const TICK_US = 10_000;

/** CPU time of a process so far, in microseconds, in steps of 10 ms; undefined without /proc. */
export async function cpuUsOf(pid: number): Promise<number | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'latin1');
    // The second field is a name in brackets that may hold spaces; user and system are 14 and 15.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * TICK_US;
  } catch {
    return undefined;
  }
}

/** Established TCP connections of a process to a port; undefined without /proc. */
export async function connectionsOf(pid: number, port: number): Promise<number | undefined> {
  try {
    const own = await socketsOf(pid);
    const tables = await Promise.all([readTable('tcp'), readTable('tcp6')]);
    return tables.flat().filter(({ remotePort, inode }) => remotePort === port && own.has(inode))
      .length;
  } catch {
    return undefined;
  }
}

async function socketsOf(pid: number): Promise<Set<string>> {
  const folder = `/proc/${pid}/fd`;
  const names = await readdir(folder);
  const targetOf = (name: string): Promise<string> => readlink(`${folder}/${name}`).catch(() => '');
  const links = await Promise.all(names.map(targetOf));
  return new Set(links.map((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? ''));
}

const ESTABLISHED = '01';

async function readTable(name: string): Promise<{ remotePort: number; inode: string }[]> {
  const lines = (await readFile(`/proc/net/${name}`, 'latin1')).trim().split('\n').slice(1);
  return lines
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[3] === ESTABLISHED)
    .map((fields) => ({
      remotePort: Number.parseInt(fields[2]?.split(':')[1] ?? '', 16),
      inode: fields[9] ?? '',
    }));
}
