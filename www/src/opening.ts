/** How a scenario, and a link, are opened. */
import { missingPart, withParts, type Engine, type OpenedLink, type Sandbox } from "./engine.ts";
import { scenarioData } from "./scenarios.ts";
import type { ScenarioDocument, State } from "./state.ts";
import type { Localized } from "./texts.ts";

/** What is shown of a scenario before anything is done in it. */
export function asOpened(sandbox: Sandbox, id: string | null, finished?: readonly number[]): Partial<State> {
  const hosts = sandbox.hosts();
  const document = sandbox.scenario() as ScenarioDocument;
  return {
    text: sandbox.text(),
    lesson: sandbox.lesson(),
    warnings: sandbox.diagnostics(),
    places: sandbox.places(),
    policies: sandbox.policies(),
    clock: sandbox.clock(),
    finished: new Set(finished),
    opened: null,
    undoable: false,
    loading: { status: "ready" },
    scenarioId: id,
    document,
    hosts,
    host: document.run?.find((step) => step.on)?.on ?? hosts[0]?.name ?? "",
    drafts: new Map(),
    entries: [],
    shown: null,
    without: [],
    unseen: [],
    fromLink: false,
    differs: null,
    step: 0,
  };
}

/** What a link carries, with the published scenario that it edits, if it does. Rejects with the engine's refusal. */
export async function readLink(engine: Engine, fragment: string): Promise<OpenedLink> {
  const open = () => withParts(() => engine.open(fragment));
  try {
    return await open();
  } catch (error) {
    const needs = missingPart(error) === undefined ? (error as { needs?: string }).needs : undefined;
    const data = needs === undefined ? undefined : await scenarioData(needs);
    if (needs === undefined || data === undefined) throw error;
    engine.provide(needs, new TextEncoder().encode(data));
    return open();
  }
}

/** A scenario's text as the reader's own: under another name, with ids of its own. */
export function reseeded(engine: Engine, text: string, name: (title: Localized | undefined) => Localized | undefined): string {
  const { version, title, seed: _, ...rest } = JSON.parse(text) as ScenarioDocument & { version: number; seed?: number };
  return JSON.stringify({ version, title: name(title), seed: engine.freshSeed(), ...rest }, null, 2);
}
