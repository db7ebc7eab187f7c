/** The built-in scenarios: titles with the page, each document when it is chosen. */
import index from "virtual:scenarios";

const documents = import.meta.glob<string>("../scenarios/*.json", { query: "?raw", import: "default" });

export { index as scenarios };

/** The text of a built-in scenario; undefined for an id that isn't one. */
export async function scenarioText(id: string): Promise<string | undefined> {
  return documents[`../scenarios/${id}.json`]?.();
}

export function isBuiltIn(id: string): boolean {
  return index.some((entry) => entry.id === id);
}
