/** The built-in scenarios: titles with the page, each document when it is chosen, old revisions for old links. */
import index from "virtual:scenarios";

const documents = import.meta.glob<string>("../scenarios/*.json", { query: "?raw", import: "default" });
const revisions = import.meta.glob<string>("../scenarios/revisions/*.json", { query: "?raw", import: "default" });

export { index as scenarios };

/** The text of a built-in scenario; undefined for an id that isn't one. */
export async function scenarioText(id: string): Promise<string | undefined> {
  return documents[`../scenarios/${id}.json`]?.();
}

/** The published revision that a built-in scenario is at, from 1. */
export function revisionOf(id: string): number {
  return index.find((entry) => entry.id === id)?.revision ?? 1;
}

/** What the engine calls a revision's text: `scenarios/ID@REVISION`. */
export function dataName(id: string, revision: number): string {
  return `scenarios/${id}@${revision}`;
}

/** The text behind a data name; undefined for one that was never published. */
export async function scenarioData(name: string): Promise<string | undefined> {
  const [, id, revision] = /^scenarios\/([\w-]+)@(\d+)$/.exec(name) ?? [];
  if (id === undefined) return undefined;
  return Number(revision) === revisionOf(id) ? scenarioText(id) : revisions[`../scenarios/revisions/${id}@${revision}.json`]?.();
}
