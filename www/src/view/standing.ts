/** The policies in the order in which a request meets them: what each said of the last request, and what would be if it
 * weren't there, or couldn't be seen. */
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

type Said = "allows" | "denies" | "silent" | "unasked" | "absent" | "unseen";

const OUTCOMES: Record<Said, Outcome> = { allows: "ok", denies: "denied", silent: "skipped", unasked: "skipped", absent: "skipped", unseen: "unknown" };

/** How a policy is taken, and its sign. */
const SUPPOSED = { real: "●", absent: "○", unseen: "?" } as const;
type Supposed = keyof typeof SUPPOSED;
const ALL = Object.keys(SUPPOSED) as Supposed[];

export function standingView(session: Session): View {
  const title = h("h2");
  const legend = h("span", { class: "legend", "aria-hidden": "true" });
  const list = h("ol", { class: "standing" });
  const element = h("section", { class: "card stands" }, h("header", {}, title, legend), list);
  return {
    element,
    render: whenChanged<State>(
      (state) => [state.texts, state.policies, shownEntry(state)?.trace, state.without, state.unseen, state.readonly],
      (state) => {
        const { texts, policies } = state;
        title.textContent = texts.ui("ui.standing");
        legend.replaceChildren(...ALL.map((one) => h("span", {}, h("b", {}, SUPPOSED[one]), texts.ui(`ui.standing.as.${one}`))));
        element.hidden = policies.length === 0;
        setAttribute(list, "aria-label", texts.ui("ui.standing"));
        const inOrder = [...policies].sort((one, other) => ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind));
        const focused = (list.getRootNode() as ShadowRoot).activeElement?.closest("[data-pointer]")?.getAttribute("data-pointer");
        patch(list, inOrder.map((policy) => item(session, state, policy)));
        // The choice that was made stands in another element now.
        if (focused) list.querySelector<HTMLElement>(`[data-pointer="${CSS.escape(focused)}"] input:checked`)?.focus();
      },
    ),
  };
}

function item(session: Session, state: State, policy: PolicyText): Keyed {
  const { texts, without, unseen } = state;
  const { pointer, kind, title } = policy;
  const supposed: Supposed = without.includes(pointer) ? "absent" : unseen.includes(pointer) ? "unseen" : "real";
  const trace = shownEntry(state)?.trace;
  const said: Said = supposed !== "real" ? supposed : trace ? saidOf(trace, policy) : "unasked";
  const choose = (wanted: Supposed) => {
    const others = (names: readonly string[]) => names.filter((name) => name !== pointer);
    session.suppose({
      without: wanted === "absent" ? [...others(without), pointer] : others(without),
      unseen: wanted === "unseen" ? [...others(unseen), pointer] : others(unseen),
    });
  };
  const choice = (one: Supposed) => {
    const words = texts.ui(`ui.standing.as.${one}`);
    const input = h("input", { type: "radio", name: pointer, value: one, checked: one === supposed, "aria-label": words, onchange: () => choose(one) });
    return h("label", { title: words }, input, h("span", { "aria-hidden": "true" }, SUPPOSED[one]));
  };
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
      h("span", { class: "supposed", role: "radiogroup", "aria-label": texts.ui("ui.standing.part", { policy: title }) }, ALL.map(choice)),
    );
  return { key: JSON.stringify([texts.language, pointer, kind, title, said, without, unseen]), make };
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
