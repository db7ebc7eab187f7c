/** The headline: what became of the shown command, in one sentence, and what decided it. */
import { h } from "../dom.ts";
import { isStep, type Gate, type Outcome, type Step } from "../engine.ts";
import type { Session } from "../session.ts";
import { hasConsole, offeredCommands, shownEntry, type Entry, type State } from "../state.ts";
import { whenChanged } from "../store.ts";
import type { UiKey } from "../texts.ts";
import { decidingStep } from "../verdict.ts";
import { gateName } from "./gate_name.ts";
import { mark } from "./mark.ts";
import { policyTitle } from "./policy_title.ts";
import type { View } from "./view.ts";
import { nearMiss, sentence } from "./sentence.ts";

export function verdictView(session: Session): View {
  const element = h("section", { class: "card verdict", "aria-live": "polite", tabindex: -1 });
  return {
    element,
    render: whenChanged<State>(
      (state) => [state.texts, state.view, state.document, shownEntry(state), state.drafts, state.policies, state.differs, state.without, state.unseen],
      (state) => {
        const entry = shownEntry(state);
        const step = entry && decidingStep(entry.trace);
        const outcome: Outcome = step?.outcome ?? (entry && entry.exitCode !== 0 ? "error" : "ok");
        element.className = `card verdict ${entry ? outcome : ""}`;
        element.setAttribute("aria-label", state.texts.ui("ui.verdict"));
        element.replaceChildren(...(entry ? shown(session, state, entry, step, outcome) : [waiting(session, state)]));
      },
    ),
  };
}

/** What this page is for, and a command to begin with. */
function waiting(session: Session, { texts, view, document }: State): HTMLElement {
  const offers = offeredCommands(document);
  const first = hasConsole(view) ? (offers.find(({ expect = {} }) => expect.error ?? expect.blockedBy ?? expect.droppedBy) ?? offers[0]) : undefined;
  const { command = "", on } = first ?? {};
  const begin = ({ target }: Event) => {
    // The button goes, and what comes in its place is read next.
    (target as Element).closest<HTMLElement>(".verdict")?.focus();
    void session.run(command, on);
  };
  return h(
    "div",
    { class: "body" },
    h("h2", {}, texts.ui("ui.verdict.waiting")),
    h("p", {}, texts.ui("ui.verdict.waiting.how")),
    first ? h("button", { class: "button primary begin", type: "button", onclick: begin }, texts.ui("ui.console.run"), h("code", {}, command)) : null,
  );
}

function shown(session: Session, state: State, entry: Entry, step: Step | undefined, outcome: Outcome): Node[] {
  const { texts } = state;
  const decision = step && isStep(step, "authorize") ? step.evidence.decision : undefined;
  const headline: UiKey = decision
    ? `ui.decision.${decision}`
    : !step && outcome === "ok"
      ? "ui.verdict.local"
      : `ui.headline.${outcome}`;
  const body = h(
    "div",
    { class: "body" },
    h("h2", { class: `tone-${outcome}` }, texts.ui(headline)),
    step ? h("p", { class: "why" }, sentence(state, step)) : h("p", {}, texts.ui("ui.verdict.exit", { exitCode: entry.exitCode })),
    near(state, step),
    step ? facts(session, state, step) : null,
    state.differs ? h("p", { class: "notice" }, texts.ui("ui.verdict.differs", { verdict: texts.ui(state.differs.decision ? `ui.decision.${state.differs.decision}` : "ui.verdict.exit.short", { exitCode: state.differs.exitCode }) })) : null,
    state.without.length + state.unseen.length > 0 ? whatIf(session, state) : null,
    state.drafts.size > 0 ? h("p", { class: "notice" }, texts.ui("ui.verdict.draft")) : null,
  );
  return [mark(outcome), body];
}

/** What is left out or can't be seen, and the way back. */
function whatIf(session: Session, { texts, without, unseen, policies }: State): HTMLElement {
  const named = (names: readonly string[]) => names.map((name) => policies.find(({ pointer }) => pointer === name)?.title ?? texts.ui(`ui.gate.${name as Gate}`));
  const said = [
    ...(without.length > 0 ? [texts.ui("ui.what-if.on", { gates: named(without) })] : []),
    ...(unseen.length > 0 ? [texts.ui("ui.what-if.unseen", { policies: named(unseen) })] : []),
  ];
  return h(
    "div",
    { class: "notice" },
    h("span", { class: "grow" }, said.map((one) => h("div", {}, one))),
    h("button", { class: "button", type: "button", onclick: () => session.suppose({ without: [], unseen: [] }) }, texts.ui("ui.what-if.off")),
  );
}

/** What was nearly right, where nothing allowed. */
function near(state: State, step: Step | undefined): HTMLElement | null {
  const { texts } = state;
  const miss = step && isStep(step, "authorize") && step.evidence.decision === "ImplicitDeny" ? step.evidence.nearMisses[0] : undefined;
  return miss ? h("p", { class: "nearly" }, texts.ui("ui.verdict.near", { policy: policyTitle(state, miss.policy, miss.pointer), reason: nearMiss(texts, miss.code) })) : null;
}

/** Shows the edits that would allow the request, which stand with the step's evidence. */
function mend(session: Session, step: number, { target }: Event): void {
  const root = (target as Element).getRootNode() as ShadowRoot;
  session.step(step);
  requestAnimationFrame(() => {
    const offered = root.querySelector<HTMLElement>(".evidence .mending");
    offered?.scrollIntoView({ block: "nearest" });
    offered?.focus({ preventScroll: true });
  });
}

function facts(session: Session, state: State, step: Step): HTMLElement | null {
  const { texts } = state;
  const all: Node[] = [];
  if (isStep(step, "authorize")) {
    const { action, blockedBy, decidedBy, dependsOn = [] } = step.evidence;
    all.push(h("span", { class: "fact" }, h("code", {}, action)));
    for (const gate of blockedBy) {
      all.push(h("span", { class: "fact" }, texts.ui("ui.verdict.blocked-by"), h("b", {}, gateName(state, step.evidence, gate))));
    }
    for (const { policy, pointer, couldBe } of dependsOn) {
      const decisions = couldBe.map((decision) => texts.ui(`ui.decision.${decision}`));
      all.push(h("span", { class: "fact" }, h("b", {}, policyTitle(state, policy, pointer)), texts.ui("ui.verdict.could-be", { decisions })));
    }
    for (const citation of decidedBy) {
      const line = citation.span?.start.line;
      const where = policyTitle(state, citation.policy, citation.pointer);
      all.push(h("span", { class: "fact" }, texts.ui(line ? "ui.verdict.decided-at" : "ui.verdict.decided-by", { policy: where, line })));
    }
  }
  all.push(
    h(
      "button",
      { class: "fact", type: "button", onclick: () => session.step(step.step) },
      texts.ui("ui.verdict.step", { step: step.step, kind: texts.ui(`ui.kind.${step.kind}`) }),
    ),
  );
  if (isStep(step, "authorize") && step.outcome === "denied" && shownEntry(state) === state.entries.at(-1)) {
    all.push(h("button", { class: "fact mend", type: "button", onclick: (event: Event) => mend(session, step.step, event) }, texts.ui("ui.verdict.mend")));
  }
  return h("div", { class: "facts" }, all);
}
