import type { TestResult } from '../../../contract/admin-api.js';
import { element, icon } from '../../../editor/kit/dom.js';
import { place } from './form.js';

/** One line: its name, what is said, and whether something is wrong there. */
type Row = readonly [name: string, text: string, wrong?: boolean];

/** Shows what a test found; `wanted` tells whether connections are to be kept open. */
export function foundCard({ _ }: EditorNode, found: TestResult, wanted: boolean): HTMLElement {
  const rows = [...buses(_, found), ...details(_, found, wanted)];
  return element(
    'div',
    { class: 'owserver-card owserver-good' },
    element('p', {}, icon('check-circle'), element('strong', { text: title(_, found) })),
    element('dl', {}, ...rows.flatMap(cells)),
  );
}

function title(_: Translate, { simulated, version }: TestResult): string {
  if (simulated) return _('test.simulator');
  return version === undefined ? _('test.ancient') : _('test.owserver', { version });
}

function buses(_: Translate, { buses: all, devices }: TestResult): Row[] {
  const rows = all.map(({ bus, adapter, address, devices: count }): Row => {
    const where = address === undefined ? adapter : [adapter, `(${address})`].join(' ');
    const silent = count === undefined;
    const said = silent ? _('test.silent') : devicesOf(_, count);
    return [_('test.bus', { bus }), [where, said].filter(Boolean).join(', '), silent];
  });
  if (devices === undefined || all.length === 1) return rows;
  return [...rows, [_('test.all'), devicesOf(_, devices)]];
}

function details(_: Translate, found: TestResult, wanted: boolean): Row[] {
  const { simulated, host, port, pid, ms, persistent } = found;
  const kept = persistent ? _('test.kept') : wanted ? _('test.refused') : _('test.wanted');
  const time = ms < 1 ? _('test.quick') : _('test.ms', { ms: Math.round(ms) });
  const rows: Row[] = [
    [_('test.connection'), kept],
    [_('test.time'), time],
  ];
  if (simulated) return rows;
  if (pid !== undefined) rows.push([_('test.process'), String(pid)]);
  return [[_('test.address'), place(host, port)], ...rows];
}

function devicesOf(_: Translate, count: number): string {
  if (count === 0) return _('test.noDevices');
  return count === 1 ? _('test.device') : _('test.devices', { count });
}

function cells([name, text, wrong = false]: Row): HTMLElement[] {
  const said = element('dd', { class: wrong && 'owserver-wrong' });
  if (wrong) said.append(icon('exclamation-triangle'), ' ');
  said.append(text);
  return [element('dt', { text: name }), said];
}
