/** A word or sentence of the sidebar, in the language of the editor. */
export function say(key: string, params?: Record<string, unknown>): string {
  return RED._(`node-red-contrib-owserver/owserver-sidebar:${key}`, params);
}
