/** The one door to the engine: loads the WebAssembly once and names its types for the views. */
import { chunks } from "../wasm/chunks.js";
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
const others = new Map<string, Promise<void>>();

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

/** Loads the other parts of the engine. A part that can't be loaded is tried again at the next call;
 * until it is there, what needs it throws `diagnostic.needs`. */
export async function loadRest(): Promise<void> {
  const shared = { first: await loadFirst() };
  const load = async (place: URL) => {
    const response = await fetch(place);
    if (!response.ok) throw new Error(`${place.href}: ${response.status}`);
    await WebAssembly.instantiate(await response.arrayBuffer(), shared);
  };
  for (const [name, place] of Object.entries(chunks)) {
    if (others.has(name)) continue;
    const part = load(place());
    others.set(name, part);
    part.catch(() => others.delete(name));
  }
  await Promise.allSettled(others.values());
}
