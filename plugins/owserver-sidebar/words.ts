import { element } from '../../editor/kit/dom.js';

/** A word or sentence of the sidebar, in the language of the editor. */
export function say(key: string, params?: Record<string, unknown>): string {
  return RED._(`node-red-contrib-owserver/owserver-sidebar:${key}`, params);
}

/** Tells something in a note at the top; as text, because Node-RED would take a string for HTML. */
export function tell(text: string, type: 'error' | 'warning'): void {
  RED.notify($(element('p', { text })), { type });
}
