/** JSON Pointer and the way back of a JSON Patch (RFC 6901, RFC 6902). */

/** The value at a pointer; undefined where there is none. */
export function valueAt(document: unknown, pointer: string): unknown {
  return segments(pointer).reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined),
    document,
  );
}

/** The keys of a pointer. */
export function segments(pointer: string): readonly string[] {
  return pointer.split("/").slice(1).map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** What undoes an operation at `path`: `document` is as it was before. */
export function inverse(document: object, path: string): { op: "add" | "remove" | "replace"; path: string; value?: unknown } {
  const parent = path.slice(0, path.lastIndexOf("/"));
  if (path.endsWith("/-")) return { op: "remove", path: `${parent}/${(valueAt(document, parent) as unknown[]).length}` };
  const value = valueAt(document, path);
  return value === undefined ? { op: "remove", path } : { op: "add", path, value };
}
