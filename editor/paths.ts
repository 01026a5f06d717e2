/** The paths that stand in a path field, as far as they do. */
export function pathsIn(type: string, value: string): readonly string[] {
  if (type === 'str') return value.trim() === '' ? [] : [value];
  return type === 'json' ? parsePaths(value) : [];
}

/** The paths of a list in JSON; none of what is no such list. */
export function parsePaths(json: string): readonly string[] {
  try {
    const list: unknown = JSON.parse(json);
    return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
}
