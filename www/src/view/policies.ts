/** The policies of the scenario, one tab each: text to edit, the deciding statement lit, problems at their place. */
import { h, setAttribute } from "../dom.ts";
import type { Citation, PolicyText } from "../engine.ts";
import type { Session } from "../session.ts";
import { selectedStep, shownEntry, type State } from "../state.ts";
import { whenChanged } from "../store.ts";
import { settlingAuthorization } from "../verdict.ts";
import { documentEditor, type DocumentEditor } from "./document_editor.ts";
import type { View } from "./view.ts";

export function policiesView(session: Session): View {
  const title = h("h2");
  const tabs = h("div", { class: "tabs", role: "tablist" });
  const panel = h("div", { role: "tabpanel", id: "policy-panel" });
  const element = h("section", { class: "card policies" }, h("header", {}, title), tabs, panel);
  const editors = new Map<string, DocumentEditor>();
  let active: string | undefined;
  /** Whether the reader has turned to the policies: their language is loaded then, not before. */
  let isRead = false;

  const read = () => {
    isRead = true;
    editors.get(active ?? "")?.read();
  };
  for (const event of ["pointerenter", "pointerdown", "focusin"]) element.addEventListener(event, read, { once: true });

  const show = (pointer: string) => {
    active = pointer;
    for (const tab of tabs.children) {
      const selected = tab.getAttribute("data-pointer") === pointer;
      setAttribute(tab, "aria-selected", String(selected));
      setAttribute(tab, "tabindex", selected ? "0" : "-1");
    }
    requestAnimationFrame(() => reveal(tabs));
    const policy = documents(session.store.state).find((candidate) => candidate.pointer === pointer);
    const editor = editors.get(pointer);
    // Taking an element out and putting it back would take the focus from it.
    if (panel.firstElementChild !== (editor?.element ?? null)) panel.replaceChildren(...(editor ? [editor.element] : []));
    if (policy && editor) {
      panel.setAttribute("aria-label", policy.title);
      editor.render(session.store.state, policy);
      if (isRead) editor.read();
    }
  };
  tabs.addEventListener("keydown", (event) => {
    const all = [...tabs.children] as HTMLElement[];
    const at = all.findIndex((tab) => tab.getAttribute("aria-selected") === "true");
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
    const next = to === undefined ? undefined : all[(to + all.length) % all.length];
    if (!next) return;
    event.preventDefault();
    show(next.getAttribute("data-pointer") ?? "");
    next.focus();
  });

  const renderTabs = whenChanged<State>(
    (state) => [state.texts, state.policies.map(({ pointer, title, kind }) => `${pointer}\n${title}\n${kind}`).join("\n"), state.drafts],
    (state) => {
      const { texts } = state;
      const all = documents(state);
      title.textContent = texts.ui("ui.policies");
      tabs.setAttribute("aria-label", texts.ui("ui.policies"));
      for (const pointer of editors.keys()) {
        if (!all.some((policy) => policy.pointer === pointer)) editors.delete(pointer);
      }
      for (const { pointer } of all) if (!editors.has(pointer)) editors.set(pointer, documentEditor(session, pointer));
      tabs.replaceChildren(...all.map((policy) => tab(state, policy, show)));
      const stillThere = all.some(({ pointer }) => pointer === active);
      const first = state.policies.find(({ kind }) => kind === "identity") ?? all[0];
      show(stillThere && active !== undefined ? active : (first?.pointer ?? ""));
    },
  );
  // A new command opens the policy that decided it; typing never moves the reader away.
  const follow = whenChanged<State>(
    (state) => [state.shown],
    (state) => {
      const entry = shownEntry(state);
      const pointer = entry && !entry.again ? decidedBy(state) : undefined;
      if (pointer !== undefined && pointer !== active) show(pointer);
    },
  );
  const ask = whenChanged<State>(
    (state) => [state.opened],
    ({ opened }) => {
      if (!opened) return;
      isRead = true;
      show(opened.pointer);
      element.scrollIntoView({ block: "nearest" });
      tabs.querySelector<HTMLElement>('[aria-selected="true"]')?.focus({ preventScroll: true });
    },
  );
  const renderPanel = whenChanged<State>(
    (state) => [state.texts, state.policies, state.text, state.drafts, shownEntry(state)?.trace, selectedStep(state), state.readonly],
    (state) => {
      const policy = documents(state).find(({ pointer }) => pointer === active);
      if (policy) editors.get(active ?? "")?.render(state, policy);
    },
  );
  return {
    element,
    render(state) {
      renderTabs(state);
      follow(state);
      ask(state);
      renderPanel(state);
    },
  };
}

/** Scrolls the row of tabs, and nothing else, so far that the selected one is whole. */
function reveal(tabs: HTMLElement): void {
  const tab = tabs.querySelector<HTMLElement>('[aria-selected="true"]');
  if (!tab) return;
  const [row, own] = [tabs.getBoundingClientRect(), tab.getBoundingClientRect()];
  if (own.left < row.left) tabs.scrollLeft -= row.left - own.left + 8;
  else if (own.right > row.right) tabs.scrollLeft += own.right - row.right + 8;
}

/** The policies, and after them the whole scenario. */
function documents({ policies, texts, text }: State): readonly PolicyText[] {
  return [...policies, { policy: "", pointer: "", kind: "scenario", policyType: "", resourceType: undefined, title: texts.ui("ui.document.title"), text }];
}

function tab({ texts, drafts }: State, policy: PolicyText, show: (pointer: string) => void): HTMLElement {
  return h(
    "button",
    {
      class: "tab", type: "button", role: "tab", "data-pointer": policy.pointer, "aria-controls": "policy-panel",
      onclick: () => show(policy.pointer),
    },
    h("span", { class: "kind" }, texts.ui(`ui.policy-kind.${policy.kind}` as never)),
    h(
      "span",
      { class: "name" },
      policy.title,
      drafts.has(policy.pointer) ? h("span", { class: "dot", role: "img", "aria-label": texts.ui("ui.policies.broken") }) : null,
    ),
  );
}

/** The pointer of the policy that decided, or nearly did, the shown command. */
function decidedBy(state: State): string | undefined {
  const trace = shownEntry(state)?.trace;
  const step = trace && settlingAuthorization(trace);
  const cited: readonly Citation[] = [...(step?.evidence.decidedBy ?? []), ...(step?.evidence.nearMisses ?? [])];
  const policy = cited.map((citation) => state.policies.find((one) => one.policy === citation.policy && citation.pointer.startsWith(one.pointer)));
  return (policy.find(Boolean) ?? state.policies.find(({ policy: name }) => name === cited[0]?.policy))?.pointer;
}
