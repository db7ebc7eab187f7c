/** The share dialog: link, frame and element, with what to know before sending them. */
import { h } from "../dom.ts";
import { isStep, loadPart, type Step } from "../engine.ts";
import { secrets } from "../secrets.ts";
import type { Session } from "../session.ts";
import { element, frame, link, LONG_LINK, TOO_LONG_LINK, type Shared, type Site } from "../snippets.ts";
import type { State, View as ViewName } from "../state.ts";
import type { Dialog } from "./tool.ts";
import { picture } from "./diagram/picture.ts";
import { download } from "./files.ts";
import type { UiKey } from "../texts.ts";
import rules from "../style/dialog.css?inline";
import { copyText } from "./evidence/parts.ts";

const VIEWS: readonly ViewName[] = ["full", "diagram", "policy", "console"];

/** A dialog to put on the page, and the function that opens it. */
export function shareDialog(session: Session, site: Site): Dialog {
  const dialog = h("dialog", { class: "share" });
  let view: ViewName = "full";

  const draw = () => {
    const state = session.store.state;
    const { texts } = state;
    const fragment = session.share(state.view);
    const shared: Shared = {
      fragment, view, language: texts.language, text: state.text,
      title: texts.localized(state.document.title), builtIn: session.unedited(),
    };
    const address = link(site, shared);
    dialog.setAttribute("aria-label", texts.ui("ui.share.title"));
    dialog.replaceChildren(
      h("header", {}, h("h2", {}, texts.ui("ui.share.title")), h("button", { class: "button quiet", type: "button", "aria-label": texts.ui("ui.close"), onclick: () => dialog.close() }, "✕")),
      h("p", {}, texts.ui("ui.share.what")),
      ...warnings(state, address),
      field(state, "ui.share.link", address, 3),
      viewChoice(state),
      field(state, "ui.share.frame", frame(site, shared), 4),
      field(state, "ui.share.element", element(site, shared), 4),
      ...drawing(state, picture(dialog.getRootNode() as ShadowRoot)),
    );
  };

  function viewChoice({ texts }: State): HTMLElement {
    const select = h("select", { class: "select" }, VIEWS.map((name) => h("option", { value: name }, texts.ui(`ui.view.${name}`))));
    select.value = view;
    select.addEventListener("change", () => {
      view = select.value as ViewName;
      draw();
      dialog.querySelector("select")?.focus();
    });
    return h("label", { class: "row" }, texts.ui("ui.share.view"), select);
  }

  return {
    dialog,
    rules,
    async open() {
      await loadPart("link").catch(() => undefined);
      if (session.share(session.store.state.view) === "") return;
      view = session.store.state.view;
      draw();
      dialog.showModal();
      dialog.querySelector("textarea")?.select();
    },
  };
}

/** The drawing as it stands, for pages that allow neither frames nor scripts. */
function drawing(state: State, svg: string | undefined): readonly HTMLElement[] {
  const { texts } = state;
  if (svg === undefined) return [];
  const save = h("button", { class: "button", type: "button", onclick: () => download("iam-sandbox.svg", svg, "image/svg+xml") }, texts.ui("ui.download"));
  const shown = field(state, "ui.share.picture", svg, 3);
  shown.querySelector(".row")?.append(save);
  return [shown];
}

function warnings(state: State, address: string): readonly HTMLElement[] {
  const { texts, entries, text } = state;
  const issued = entries.flatMap(({ trace }) => trace.steps.map(answered)).join("\n");
  const typed = entries.map((entry) => entry.command).join("\n");
  const found = secrets(`${text}\n${typed}`, issued);
  const size = address.length;
  return [
    ...(found.length > 0 ? [h("p", { class: "notice denied" }, texts.ui("ui.share.secrets", { secrets: found.map((one) => `${one.slice(0, 8)}…`) }))] : []),
    ...(size > TOO_LONG_LINK
      ? [h("p", { class: "notice" }, texts.ui("ui.share.too-long", { size }))]
      : size > LONG_LINK
        ? [h("p", { class: "notice" }, texts.ui("ui.share.long", { size }))]
        : []),
  ];
}

/** What a service answered in a step: keys that stand there, it gave out. */
function answered(step: Step): string {
  const body = isStep(step, "imds", "sts", "respond") ? step.evidence.response?.body : undefined;
  return body && "text" in body ? body.text : "";
}

function field({ texts }: State, name: UiKey, value: string, rows: number): HTMLElement {
  const area = h("textarea", { readonly: true, rows, spellcheck: "false", "aria-label": texts.ui(name) });
  area.value = value;
  area.addEventListener("focus", () => area.select());
  const button = h("button", { class: "button", type: "button" }, texts.ui("ui.copy"));
  button.addEventListener("click", () => void copyText(texts, button, value, () => area.select()));
  return h("div", { class: "field" }, h("div", { class: "row" }, h("h3", {}, texts.ui(name)), button), area);
}
