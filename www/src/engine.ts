/** The one door to the engine: loads the WebAssembly once and names its types for the views. */
import { chunks } from "../wasm/chunks.js";
import { waitedFor } from "./busy.ts";
import init, { Sandbox } from "../wasm/iam_sandbox.js";
import type {
  AuthenticateEvidence, AuthorizeEvidence, CredentialsEvidence, HttpEvidence, RouteEvidence, SignEvidence, Step, StepKind,
} from "../wasm/iam_sandbox.js";

export type {
  AuthenticateEvidence, AuthorizeEvidence, Citation, DeniedMessage, CredentialsEvidence, Diagnostic, Gate, GateState, HostName, HostPlace, HttpEvidence, LessonEntry, NearMiss, Notice, NodeRef as Place, Places,
  Outcome, PolicyText, Position, Request, Response, RouteEvidence, RunResult, ScenarioSuggestion, SignEvidence, StatementMatch, Step, StepKind, TextSpan, Trace, Verdict,
} from "../wasm/iam_sandbox.js";
export type { Sandbox };

export type Engine = typeof Sandbox;

/** An opened link, with the sandbox in which its commands have run. */
export type OpenedLink = ReturnType<Engine["open"]>;

interface EvidenceOf {
  credentials: CredentialsEvidence;
  imds: HttpEvidence;
  sts: HttpEvidence;
  respond: HttpEvidence;
  route: RouteEvidence;
  sign: SignEvidence;
  authenticate: AuthenticateEvidence;
  authorize: AuthorizeEvidence;
}

/** A step together with the evidence that its kind carries. */
export type StepOf<Kind extends StepKind> = Step & { kind: Kind; evidence: EvidenceOf[Kind] };

export function isStep<Kind extends StepKind>(step: Step, ...kinds: readonly Kind[]): step is StepOf<Kind> {
  return (kinds as readonly StepKind[]).includes(step.kind);
}

let first: Promise<WebAssembly.Exports> | undefined;
/** The parts beside the first that are there or on their way. */
const others = new Map<string, Promise<WebAssembly.Exports>>();

function loadFirst(): Promise<WebAssembly.Exports> {
  // The declarations leave out what the parts share.
  first ??= init({ module_or_path: new URL("../wasm/iam_sandbox_bg.wasm", import.meta.url) }) as Promise<unknown> as Promise<WebAssembly.Exports>;
  first.catch(() => (first = undefined));
  return first;
}

/** Loads and starts what the first picture needs; a failed load may be tried again. */
export async function loadEngine(): Promise<Engine> {
  await loadFirst();
  return Sandbox;
}

/** Loads a part of the engine that something needs, after those that it needs itself. A load that failed may be
 * tried again. */
export async function loadPart(name: string): Promise<void> {
  await loadUpTo(name);
}

/** The exports of the parts up to this one: what a part that comes after it imports. */
function loadUpTo(name: string | null): Promise<WebAssembly.Exports> {
  const chunk = name === null ? undefined : chunks[name];
  if (name === null || chunk === undefined) return loadFirst();
  const load = async () => {
    const fetched = fetch(chunk.place());
    const before = await loadUpTo(chunk.after);
    const response = await fetched;
    if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
    const { instance } = await WebAssembly.instantiate(await response.arrayBuffer(), { first: before });
    return { ...before, ...instance.exports };
  };
  const part = others.get(name) ?? waitedFor(load());
  others.set(name, part);
  part.catch(() => others.delete(name));
  return part;
}

/** Loads every part, for callers that promise to answer at once. */
export async function loadRest(): Promise<void> {
  await Promise.all(Object.keys(chunks).map(loadPart));
}

/** Does `work`: at once if all is there that it needs, else when the parts have come that it names. What lacks a part
 * changes nothing. Rejects with what `work` throws, which is `diagnostic.needs` for a part that can't be loaded. */
export async function withParts<T>(work: () => T): Promise<T> {
  const tried = new Set<string>();
  for (;;) {
    try {
      return work();
    } catch (error) {
      const part = missingPart(error);
      if (part === undefined || tried.has(part)) throw error;
      tried.add(part);
      // If it can't be loaded, the next try says so.
      await loadPart(part).catch(() => undefined);
    }
  }
}

/** The part of the engine that has to be loaded first, if that is what was thrown. */
export function missingPart(error: unknown): string | undefined {
  const { code, needs } = (error ?? {}) as { code?: unknown; needs?: unknown };
  return code === "diagnostic.needs" && typeof needs === "string" ? needs : undefined;
}
