import { post } from '../../../editor/admin-api.js';
import { element, icon } from '../../../editor/kit/dom.js';
import { mayWrite, needsWrite, onClick } from './busy.js';
import type { Form } from './form.js';
import { foundCard } from './test-card.js';
import { firstProblem } from './validate.js';

/**
 * The test of the values in the form, saved or not; its result goes when one of them changes. A server
 * that is there already is tested as its dialog opens.
 */
export function prepareTest(node: EditorNode, form: Form): void {
  const button = form.part('test');
  const place = form.part('result');
  let tested = '';
  const now = (): string => JSON.stringify(form.values());
  const show = (child: HTMLElement): void => {
    if (now() === tested) place.replaceChildren(child);
  };
  needsWrite(button, node);
  const run = onClick(button, async () => {
    tested = now();
    show(element('p', { text: node._('test.running') }));
    show(await test(node, form));
  });
  // Of a server that is in use people want to see at once whether it answers, and why not.
  if (RED.nodes.node(node.id) && mayWrite()) run();
  // By jQuery, which hears also of what is changed by script; not everything that changes differs.
  $(form.root).on('input change', () => {
    if (now() !== tested) place.replaceChildren();
  });
}

async function test(node: EditorNode, form: Form): Promise<HTMLElement> {
  const wrong = firstProblem(node, form);
  if (wrong !== undefined) return failedCard(wrong);
  const values = form.values();
  try {
    const result = await post('test', { id: node.id, ...values });
    return foundCard(node, result, values.persistent === true);
  } catch (error) {
    return failedCard((error as Error).message);
  }
}

function failedCard(reason: string): HTMLElement {
  return element(
    'div',
    { class: 'owserver-card owserver-failed' },
    element('p', {}, icon('times-circle'), element('span', { text: reason })),
  );
}
