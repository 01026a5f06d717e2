import { strict as assert } from 'node:assert';
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { end, exitOf, freePort, onLines } from '../support/child.js';
import { ROOT } from './project.js';

const DEMO = [
  { id: 'tab', type: 'tab', label: 'demo' },
  { id: 'server', type: 'owserver-config', host: 'localhost', port: 4304 },
  { id: 'own', type: 'owserver-config', host: 'attic', port: 4304 },
];
const SERVER = DEMO.filter(({ id }) => id !== 'own');

interface Outcome {
  code: number | null;
  output: string;
}

describe('npm start', function () {
  this.timeout(60_000);
  let checkout: string;

  /** A checkout of its own, so that nobody's .demo/ is touched. */
  beforeEach(async () => {
    checkout = await mkdtemp(join(tmpdir(), 'owserver-start-'));
    await cp(join(ROOT, 'scripts'), join(checkout, 'scripts'), { recursive: true });
    for (const name of ['dist', 'node_modules', 'package.json'])
      await symlink(join(ROOT, name), join(checkout, name));
    await mkdir(join(checkout, 'examples'));
    await writeFile(join(checkout, 'examples', 'demo.json'), JSON.stringify(SERVER));
  });

  afterEach(() => rm(checkout, { recursive: true, force: true }));

  const flowsFile = (): string => join(checkout, '.demo', 'flows.json');

  /** Runs it until it ends by itself, or until Node-RED's flows run. */
  async function run(env: Record<string, string>): Promise<Outcome> {
    const child = spawn(process.execPath, [join(checkout, 'scripts', 'start.mjs')], {
      env: {
        ...process.env,
        NODE_OPTIONS: undefined,
        HOST: undefined,
        OWSERVER: undefined,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const lines: string[] = [];
    const exited = exitOf(child);
    const started = new Promise<void>((resolve) => {
      onLines(child, (line) => {
        lines.push(line);
        if (line.includes('Started flows')) resolve();
      });
    });
    await Promise.race([started, exited]);
    const { code } = await end(child, exited, 'SIGTERM', 20_000);
    return { code, output: lines.join('\n') };
  }

  const mistakes: [Record<string, string>, RegExp][] = [
    [{ PORT: '70000' }, /^PORT is "70000": it must be a whole number from 1 to 65535/],
    [{ PORT: 'web' }, /^PORT is "web"/],
    [{ OWSERVER: 'attic:x' }, /^OWSERVER is "attic:x": it must be host:port/],
    [{ OWSERVER: 'attic:0' }, /^The port in OWSERVER="attic:0"/],
    [{ OWSERVER: 'fe80::1' }, /an IPv6 address goes into brackets/],
  ];
  for (const [env, sentence] of mistakes) {
    it(`answers ${Object.entries(env).join(' ').replace(',', '=')} with one sentence`, async () => {
      const { code, output } = await run(env);
      assert.equal(code, 1);
      assert.match(output, sentence);
      assert.equal(output.split('\n').length, 1);
    });
  }

  it('says so when the port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { code, output } = await run({ PORT: String(port) });
    other.close();
    assert.equal(code, 1);
    assert.match(output, new RegExp(`^Port ${port} is in use: .*PORT=1880 npm start`));
  });

  it('starts Node-RED with the demo on the simulator, and ends when it is told to', async () => {
    const { code, output } = await run({ PORT: String(await freePort()) });
    assert.equal(code, 0);
    assert.match(
      output,
      /http:\/\/localhost:\d+\n.*the built-in simulator\n.*this terminal.*debug sidebar/,
    );
    assert.match(output, /Started flows/);
    assert.doesNotMatch(output, /Waiting for missing types/);
  });

  it('uses the owserver it is given, and leaves the rest of a changed flow alone', async () => {
    await mkdir(join(checkout, '.demo'));
    await writeFile(flowsFile(), JSON.stringify(DEMO));
    const { output } = await run({ PORT: String(await freePort()), OWSERVER: '[::1]:9' });
    assert.match(output, /owserver at ::1, port 9/);
    const flows = JSON.parse(await readFile(flowsFile(), 'utf8')) as unknown[];
    assert.deepEqual(flows, [
      DEMO[0],
      { ...DEMO[1], simulator: false, host: '::1', port: 9 },
      DEMO[2],
    ]);
  });

  it('does not overwrite a flow file that it cannot read', async () => {
    await mkdir(join(checkout, '.demo'));
    await writeFile(flowsFile(), '[{');
    const { code, output } = await run({ PORT: String(await freePort()) });
    assert.equal(code, 1);
    assert.match(output, /flows\.json is not a flow file: repair it, or delete it/);
    assert.equal(await readFile(flowsFile(), 'utf8'), '[{');
  });
});
