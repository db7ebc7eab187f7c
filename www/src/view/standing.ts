/** The policies in the order in which a request meets them: what each said of the last request, and what would be
 * without it. */
import { h, patch, setAttribute, type Keyed } from "../dom.ts";
import { isStep, type Outcome, type PolicyText, type Trace } from "../engine.ts";
import type { Session } from "../session.ts";
import { shownEntry, type State } from "../state.ts";
import { whenChanged } from "../store.ts";
import { settlingAuthorization } from "../verdict.ts";
import { mark } from "./mark.ts";
import type { View } from "./view.ts";

/** As a request meets them: the role's session first, then what the account and organization allow it, then the way. */
const ORDER = ["trust", "identity", "session", "boundary", "scp", "vpc-endpoint", "rcp", "resource"];

type Said = "allows" | "denies" | "silent" | "unasked" | "absent";

const OUTCOMES: Record<Said, Outcome> = { allows: "ok", denies: "denied", silent: "skipped", unasked: "skipped", absent: "skipped" };

export function standingView(session: Session): View {
  const title = h("h2");
  const list = h("ol", { class: "standing" });
  const element = h("section", { class: "card stands" }, title, list);
  return {
    element,
    render: whenChanged<State>(
      (state) => [state.texts, state.policies, shownEntry(state)?.trace, state.without, state.readonly],
      (state) => {
        title.textContent = state.texts.ui("ui.standing");
        element.hidden = state.policies.length === 0;
        setAttribute(list, "aria-label", state.texts.ui("ui.standing"));
        const inOrder = [...state.policies].sort((one, other) => ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind));
        const focused = (list.getRootNode() as ShadowRoot).activeElement?.closest("[data-pointer]")?.getAttribute("data-pointer");
        patch(list, inOrder.map((policy) => item(session, state, policy)));
        // The switch that was pressed is another element now.
        if (focused) list.querySelector<HTMLElement>(`[data-pointer="${CSS.escape(focused)}"] .switch`)?.focus();
      },
    ),
  };
}

function item(session: Session, { texts, without, ...state }: State, policy: PolicyText): Keyed {
  const { pointer, kind, title } = policy;
  const absent = without.includes(pointer);
  const trace = shownEntry({ texts, without, ...state })?.trace;
  const said: Said = absent ? "absent" : trace ? saidOf(trace, policy) : "unasked";
  const next = absent ? without.filter((name) => name !== pointer) : [...without, pointer];
  const make = () =>
    h(
      "li",
      { "data-pointer": pointer, "data-said": said },
      h(
        "button",
        { class: "stand", type: "button", onclick: () => session.openPolicy(pointer) },
        mark(OUTCOMES[said]),
        h(
          "span",
          { class: "what" },
          h("span", { class: "kind" }, texts.ui(`ui.policy-kind.${kind}` as never), " ", h("b", { class: `tone-${OUTCOMES[said]}` }, texts.ui(`ui.standing.${said}`))),
          h("span", { class: "name" }, title),
        ),
      ),
      h("button", {
        class: "switch bare", type: "button", "aria-pressed": String(!absent), onclick: () => session.without(next),
        "aria-label": texts.ui("ui.standing.part", { policy: title }), title: texts.ui(absent ? "ui.standing.put-back" : "ui.standing.leave-out"),
      }),
    );
  return { key: JSON.stringify([texts.language, pointer, kind, title, said, without]), make };
}

/** What a policy said: in the decision that settled the command if it was asked there, else where it was asked last. */
function saidOf(trace: Trace, policy: PolicyText): Said {
  const settling = settlingAuthorization(trace);
  const asked = trace.steps.filter((step) => isStep(step, "authorize")).flatMap((step) => {
    const own = Object.values(step.evidence.explain).flat().filter((one) => one.policy === policy.policy);
    const statements = own.flatMap((one) => one.statements).filter((one) => one.pointer.startsWith(`${policy.pointer}/`) || one.pointer === policy.pointer);
    return statements.length > 0 ? [{ step, statements }] : [];
  });
  const told = asked.find(({ step }) => step === settling) ?? asked.at(-1);
  if (!told) return "unasked";
  const matched = told.statements.filter((one) => one.matched);
  if (matched.some(({ effect }) => effect === "Deny")) return "denies";
  return matched.length > 0 ? "allows" : "silent";
}
