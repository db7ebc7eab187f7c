/** The one door to the engine: loads the WebAssembly once and names its types for the views. */
import init, { Sandbox } from "../wasm/iam_sandbox.js";
import type {
  AuthenticateEvidence, AuthorizeEvidence, CredentialsEvidence, HttpEvidence, RouteEvidence, SignEvidence, Step, StepKind,
} from "../wasm/iam_sandbox.js";

export type {
  AuthenticateEvidence, AuthorizeEvidence, Citation, CredentialsEvidence, Diagnostic, Gate, GateState, HostName, HostPlace, HttpEvidence, LessonEntry, NearMiss, Notice, NodeRef as Place, Places,
  Outcome, PolicyText, Position, Request, Response, RouteEvidence, RunResult, SignEvidence, StatementMatch, Step, StepKind, TextSpan, Trace, Verdict,
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

let loading: Promise<Engine> | undefined;

/** Loads and starts the engine; a failed load may be tried again. */
export function loadEngine(): Promise<Engine> {
  loading ??= init({ module_or_path: new URL("../wasm/iam_sandbox_bg.wasm", import.meta.url) }).then(() => Sandbox);
  loading.catch(() => (loading = undefined));
  return loading;
}
