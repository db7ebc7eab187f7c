/** The console: commands typed or picked, output as the engine printed it. An input and a log, nothing emulated. */
import { h, setAttribute } from "../dom.ts";
import type { Session } from "../session.ts";
import { offeredCommands, type Entry, type State } from "../state.ts";
import { whenChanged } from "../store.ts";
import { clockView } from "./clock.ts";
import { completion } from "./completion.ts";
import type { View } from "./view.ts";

export function consoleView(session: Session): View {
  const title = h("h2");
  const toggle = h("button", { class: "button quiet", type: "button", "aria-controls": "offers" });
  const clear = h("button", { class: "button quiet", type: "button", onclick: () => session.clearLog() });
  const offers = h("div", { class: "offers", id: "offers" });
  const list = h("ol");
  const clock = clockView(session);
  const log = h("div", { class: "log", role: "log", tabindex: 0 }, list);
  const host = h("select", { class: "select" });
  const prompt = h("label", { for: "command" });
  const input = h("input", {
    id: "command", type: "text", autocomplete: "off", autocapitalize: "off", autocorrect: "off",
    spellcheck: "false", enterkeyhint: "go", maxlength: 65536, "aria-describedby": "command-help",
  });
  const fits = completion(session, input);
  const help = h("p", { id: "command-help", hidden: true });
  const go = h("button", { class: "button primary", type: "submit" });
  const form = h("form", { class: "ask" }, prompt, input, go);
  const element = h("section", { class: "card console" }, h("header", {}, title, clock.element, host, toggle, clear), h("div", { class: "screen" }, log, offers, fits.element), form, help);

  const history = new History(input);
  let open = false;
  const arrange = () => {
    const empty = session.store.state.entries.length === 0;
    offers.hidden = !open && !empty;
    offers.classList.toggle("over", !empty);
    log.hidden = empty;
    toggle.setAttribute("aria-expanded", String(!offers.hidden));
  };
  const close = () => {
    open = false;
    arrange();
  };
  toggle.addEventListener("click", () => {
    open = !open;
    arrange();
  });
  offers.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    close();
    toggle.focus();
  });
  const submit = (command: string, on?: string) => {
    if (command.trim() === "") return;
    history.add(command);
    input.value = "";
    fits.letGo();
    close();
    void session.run(command, on ?? session.store.state.host);
    if (command.trim() === "clear") session.clearLog();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(input.value);
  });
  input.addEventListener("keydown", (event) => {
    // Enter that ends a composition belongs to the input method.
    if (event.isComposing || event.keyCode === 229) {
      if (event.key === "Enter") event.preventDefault();
      return;
    }
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      if (history.move(event.key === "ArrowUp" ? -1 : 1)) event.preventDefault();
    } else if (event.key === "Tab" && !event.shiftKey) {
      fits.tab(event);
    } else if (event.key === "Escape") {
      fits.letGo();
    }
  });
  host.addEventListener("change", () => session.store.update({ host: host.value }));

  const renderFrame = whenChanged<State>(
    (state) => [state.texts, state.hosts, state.document],
    (state) => {
      const { texts } = state;
      title.textContent = texts.ui("ui.console");
      clear.textContent = texts.ui("ui.console.clear");
      go.textContent = texts.ui("ui.console.run");
      input.placeholder = texts.ui("ui.console.placeholder");
      help.textContent = texts.ui("ui.console.help");
      log.setAttribute("aria-label", texts.ui("ui.console.log"));
      host.setAttribute("aria-label", texts.ui("ui.console.host"));
      host.hidden = state.hosts.length < 2;
      host.replaceChildren(...state.hosts.map(({ name }) => h("option", { value: name }, name)));
      const commands = offeredCommands(state.document);
      toggle.textContent = texts.ui("ui.console.commands");
      toggle.hidden = commands.length === 0;
      offers.replaceChildren(
        h("h3", {}, texts.ui("ui.console.offered")),
        ...commands.map(({ command = "", on }) =>
          h("button", { type: "button", onclick: () => submit(command, on) }, h("code", {}, command)),
        ),
        h("p", {}, texts.ui("ui.console.hint")),
      );
    },
  );
  const renderHost = whenChanged<State>(
    (state) => [state.host, state.hosts],
    (state) => {
      host.value = state.host;
      prompt.textContent = `${state.host} $`;
    },
  );
  const items = new Map<number, HTMLElement>();
  let drawnIn: unknown;
  const renderLog = whenChanged<State>(
    (state) => [state.texts, state.entries, state.shown],
    (state) => {
      if (drawnIn !== state.texts) items.clear();
      drawnIn = state.texts;
      for (const id of items.keys()) if (!state.entries.some((entry) => entry.id === id)) items.delete(id);
      const newest = state.entries.at(-1);
      const grew = newest !== undefined && !items.has(newest.id);
      const nodes = state.entries.map((entry) => {
        const node = items.get(entry.id) ?? logItem(session, state, entry);
        items.set(entry.id, node);
        setAttribute(node.firstElementChild as Element, "aria-current", entry.id === state.shown ? "true" : null);
        return node;
      });
      list.replaceChildren(...nodes);
      arrange();
      // Reading the height now would lay the page out in the middle of drawing it.
      if (grew) requestAnimationFrame(() => log.scrollTo({ top: log.scrollHeight }));
    },
  );
  return {
    element,
    render(state) {
      renderFrame(state);
      renderHost(state);
      clock.render(state);
      renderLog(state);
    },
  };
}

function logItem(session: Session, { texts }: State, entry: Entry): HTMLElement {
  return h(
    "li",
    {},
    h(
      "button",
      { class: "line", type: "button", title: texts.ui("ui.console.show"), onclick: () => session.show(entry.id) },
      h("span", { class: "prompt" }, `${entry.host} $`),
      h("span", { class: "command" }, entry.command),
      entry.again ? h("span", { class: "again" }, texts.ui("ui.console.again")) : null,
    ),
    entry.stdout ? h("pre", { class: "stdout" }, entry.stdout) : null,
    entry.stderr ? h("pre", { class: "stderr" }, entry.stderr) : null,
    entry.notices.map(({ code, params }) => h("div", { class: "notes" }, texts.code(code, params))),
    entry.exitCode !== 0 ? h("div", { class: "exit" }, texts.ui("ui.console.exit", { exitCode: entry.exitCode })) : null,
  );
}

/** Earlier command lines, walked with the arrow keys; what was being typed comes back at the end. */
class History {
  private readonly lines: string[] = [];
  private at = 0;
  private typed = "";

  constructor(private readonly input: HTMLInputElement) {}

  add(line: string): void {
    if (this.lines.at(-1) !== line) this.lines.push(line);
    this.at = this.lines.length;
  }

  /** Moves and says whether there was somewhere to move to. */
  move(by: number): boolean {
    const to = this.at + by;
    if (to < 0 || to > this.lines.length) return false;
    if (this.at === this.lines.length) this.typed = this.input.value;
    this.at = to;
    this.input.value = this.lines[to] ?? this.typed;
    this.input.setSelectionRange(this.input.value.length, this.input.value.length);
    return true;
  }
}
