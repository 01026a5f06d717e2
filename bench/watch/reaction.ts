import { startNodeRed } from '../../test/support/node-red.js';
import type { Effort } from '../effort.js';
import { flowsOf } from '../flow.js';
import { quantile, showSpread, spreadOf } from '../numbers.js';
import { table } from '../table.js';
import { chipsOf, thermometerIds } from '../bus/thermometers.js';
import { ALARM_S, Contacts, CONVERT_S, type Beside, type Turn } from './contacts.js';

/** Edges of one turn. */
const EDGES = 20;

const WANTED = { median: 300, worst: 700 };

const ALONE = 'nothing else';
const MEASURED = '20 DS18B20 that are measured';
const IN_ALARM = 'the same, all of them in alarm';

/** Beyond what is measured, so that none of them is in alarm. */
const QUIET = { low: -55, high: 125 };

function thermometers(): ReturnType<typeof chipsOf> {
  return chipsOf(thermometerIds(20)).map((chip, n) => ({ ...chip, temperature: 18 + n / 4 }));
}

/** The limits of the last ones are those from the factory, 70 and 75 °C: at 20 °C that is an alarm. */
const BESIDE: readonly Beside[] = [
  { id: 'alone', name: ALONE, thermometers: [] },
  {
    id: 'measured',
    name: MEASURED,
    thermometers: thermometers().map((chip) => ({ ...chip, limits: QUIET })),
  },
  { id: 'in-alarm', name: IN_ALARM, thermometers: thermometers() },
];

type Turns = ReadonlyMap<string, readonly Turn[]>;

/** Part e: how long it takes from the edge of a contact until it is told, while its bus is measured. */
export async function reaction({ rounds }: Effort): Promise<void> {
  const buses: Contacts[] = [];
  const turns = new Map<string, Turn[]>(BESIDE.map(({ name }) => [name, []]));
  try {
    for (const beside of BESIDE) buses.push(await Contacts.start(beside));
    const servers = buses.map(({ server }) => server);
    const nodes = buses.flatMap((bus) => bus.nodes);
    const nodeRed = await startNodeRed({ flows: flowsOf(servers, nodes) });
    try {
      for (const bus of buses) await bus.act(nodeRed, 'stop');
      // The first turn learns what is learned once, and does not count.
      for (let round = 0; round <= rounds; round += 1)
        for (const bus of buses) {
          const turn = await bus.run(nodeRed, round === 0 ? 1 : EDGES);
          if (round > 0) turns.get(bus.name)?.push(turn);
        }
    } finally {
      await nodeRed.stop();
    }
  } finally {
    await Promise.all(buses.map((bus) => bus.stop()));
  }
  const watched = `watched every ${ALARM_S} s, latches reset`;
  const length = `${rounds} rounds of ${EDGES} edges`;
  console.log(
    `\nFrom the edge of a contact (DS2408, ${watched}) to the message of ow-dir, ${length}\n`,
  );
  console.log(show(turns));
  console.log(`\nthermometers measured every ${CONVERT_S} s; every value and level was right`);
  for (const name of [MEASURED, IN_ALARM])
    console.log(`${name} / ${ALONE}: ${ratios(turns, name)}`);
}

function show(turns: Turns): string {
  const head = [
    'on the bus',
    'values',
    'edges',
    'median ms',
    'wanted at most',
    '95 % ms',
    'worst ms',
    'wanted at most',
    'lost',
    'doubled',
  ];
  const rows = [...turns].map(([name, own]) => {
    const waits = own.flatMap((turn) => turn.waits);
    const sum = (pick: (turn: Turn) => number): string =>
      `${own.reduce((all, turn) => all + pick(turn), 0)}`;
    const wanted = name === IN_ALARM ? undefined : WANTED;
    return [
      name,
      sum(({ values }) => values),
      `${own.length * EDGES}`,
      quantile(waits, 0.5).toFixed(0),
      `${wanted?.median ?? ''}`,
      quantile(waits, 0.95).toFixed(0),
      quantile(waits, 1).toFixed(0),
      `${wanted?.worst ?? ''}`,
      sum(({ lost }) => lost),
      sum(({ doubled }) => doubled),
    ];
  });
  return table(head, rows);
}

/** Round by round. */
function ratios(turns: Turns, name: string): string {
  const ratio = (share: number): string => {
    const each = (which: string): number[] =>
      (turns.get(which) ?? []).map(({ waits }) => quantile(waits, share));
    const others = each(ALONE);
    return showSpread(spreadOf(each(name).map((own, at) => own / (others[at] ?? NaN))), 2);
  };
  return `median ${ratio(0.5)}, 95 % ${ratio(0.95)}`;
}
