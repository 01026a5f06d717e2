import { say, tell } from './words.js';
import { insertNode, type Place, type Wanted } from './node-maker.js';

/** Kind of data that our drags carry; the editor's own drops leave it alone. */
const KIND = 'application/x-owserver-node';

/** Makes an element something to drag onto the flow. */
export function draggable(element: HTMLElement, wanted: Wanted): void {
  element.draggable = true;
  element.addEventListener('dragstart', (event) => {
    event.stopPropagation();
    event.dataTransfer?.setData(KIND, JSON.stringify(wanted));
    if (event.dataTransfer) event.dataTransfer.effectAllowed = 'copy';
  });
}

/** Makes the flow take what is dropped on it. */
export function takeDrops(): void {
  const chart = workspace();
  chart?.addEventListener('dragover', (event) => {
    if (!event.dataTransfer?.types.includes(KIND)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
  });
  chart?.addEventListener('drop', (event) => {
    const text = event.dataTransfer?.getData(KIND);
    if (!text) return;
    event.preventDefault();
    event.stopPropagation();
    const wanted = JSON.parse(text) as Wanted;
    ifOpen(() => insertNode(wanted, placeAt(chart, event.clientX, event.clientY)));
  });
}

/** Does something in the middle of what can be seen of the flow, unless the flow is locked. */
export function inTheMiddle(act: (place: Place) => void): void {
  const chart = workspace();
  if (!chart) return;
  const { left, top, width, height } = chart.getBoundingClientRect();
  ifOpen(() => act(free(placeAt(chart, left + width / 2, top + height / 3))));
}

function ifOpen(act: () => void): void {
  if (RED.workspaces.isLocked()) tell(say('flowLocked'), 'warning');
  else if (RED.workspaces.active()) act();
  else tell(say('noFlow'), 'warning');
}

function workspace(): HTMLElement | null {
  return document.getElementById('red-ui-workspace-chart');
}

function placeAt(chart: HTMLElement, x: number, y: number): Place {
  const { left, top } = chart.getBoundingClientRect();
  const scale = RED.view.scale();
  return { x: (x - left + chart.scrollLeft) / scale, y: (y - top + chart.scrollTop) / scale };
}

/** Below what is there already, so that nothing is covered. */
function free({ x, y }: Place): Place {
  const taken = RED.nodes
    .filterNodes({ z: RED.workspaces.active() })
    .filter((node) => Math.abs(node.x - x) < 360);
  let lower = y;
  while (taken.some((node) => Math.abs(node.y - lower) < 50)) lower += 60;
  return { x, y: lower };
}
