/** `<iam-sandbox>`: the whole product as one element, for this page and for any other. */
import { loadEngine, loadPart, type Trace } from "./engine.ts";
import { h } from "./dom.ts";
import { scenarios } from "./scenarios.ts";
import type { Drafts } from "./drafts.ts";
import { Session } from "./session.ts";
import { hasConsole, shownEntry, type State, type View } from "./state.ts";
import type { Site } from "./snippets.ts";
import { isLanguage, readerLanguage, Texts, type Language } from "./texts.ts";
import { settlingAuthorization } from "./verdict.ts";
import { hasFallback, loadingView } from "./view/loading.ts";
import { compose } from "./view/compose.ts";
import { styles } from "./style/styles.ts";

export const VERSION = 1;

/** Where this script is served from, and with it the pages that links lead to. */
const SITE: Site = { base: new URL(import.meta.env.DEV ? "../" : "./", import.meta.url) };

const VIEWS: readonly View[] = ["full", "diagram", "policy", "console"];

/** A scenario document is at most 256 KB unpacked. */
const MOST_BYTES = 256 * 1024;

export class IamSandboxElement extends HTMLElement {
  static readonly observedAttributes = ["scenario", "src", "view", "step", "readonly", "controls", "lang"];

  readonly #root = this.attachShadow({ mode: "open" });
  #session: Session | undefined;
  #starting = false;
  #given: string | object | undefined;
  #told = { step: 0, entry: 0, height: 0 };
  #fragment = "";
  #waiting: ((session: Session) => void)[] = [];

  /** The page's own store of edits; other pages have none. */
  drafts: Drafts | undefined;

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [styles()];
    new ResizeObserver(() => this.#tellHeight()).observe(this);
  }

  connectedCallback(): void {
    if (this.#session || this.#starting) return;
    this.#starting = true;
    // Until the engine is there, and wherever it can't load, readers see what the author put inside.
    this.#root.append(hasFallback(this) ? h("slot") : loadingView());
    const seen = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      seen.disconnect();
      void this.#start();
    }, { rootMargin: "200px" });
    seen.observe(this);
  }

  attributeChangedCallback(name: string, before: string | null, value: string | null): void {
    const session = this.#session;
    if (!session || before === value) return;
    if (name === "step") session.step(Number(value));
    else if (name === "scenario" || name === "src") void this.#openNamed(session);
    else if (name === "lang") void this.#speak(session);
    else session.store.update(this.#options());
  }

  /** The scenario in the engine as it is now, edits and all; set a document, or its text, to open it. */
  get scenario(): object | null {
    const text = this.#session?.store.state.text;
    return text ? (JSON.parse(text) as object) : null;
  }
  set scenario(document: string | object | null) {
    this.#given = document ?? undefined;
    if (this.#session && document !== null) this.#session.open(document);
  }

  /** The shown command's trace. */
  get trace(): Trace | null {
    const state = this.#session?.store.state;
    return (state && shownEntry(state)?.trace) ?? null;
  }

  /** Runs a command line on the selected host. */
  run(command: string, host?: string): void {
    this.#do((session) => void session.run(command, host));
  }

  /** Puts a policy's text in force, as typing it would. */
  setPolicy(pointer: string, text: string): void {
    this.#do((session) => session.setPolicy(pointer, text));
  }

  /** Selects a step of the shown trace, from 1. */
  step(step: number): void {
    this.#do((session) => session.step(step));
  }

  /** A link to what is seen, with all edits and commands. */
  async share(): Promise<string> {
    const { base } = SITE;
    await loadPart("link").catch(() => undefined);
    const session = this.#session;
    return session ? new URL(session.share(session.store.state.view), base).href : base.href;
  }

  /** Opens what a link carries; a damaged one is said to be so. */
  async openLink(fragment: string): Promise<void> {
    this.#given = undefined;
    this.#fragment = fragment;
    if (this.#session) await this.#follow(this.#session, fragment);
  }

  /** Back to the scenario as it was opened. */
  reset(): void {
    this.#do((session) => void session.reset());
  }

  /** Calls back with the state, now and on every change. */
  watch(listener: (state: State) => void): void {
    this.#do((session) => session.store.subscribe(listener));
  }

  /** Now, or when the engine is there. */
  #do(action: (session: Session) => void): void {
    if (this.#session) action(this.#session);
    else this.#waiting.push(action);
  }

  async #start(): Promise<void> {
    try {
      const [engine, texts] = await Promise.all([loadEngine(), Texts.load(this.#language())]);
      const session = new Session(engine, this.#initial(texts), this.drafts);
      if (this.#fragment !== "") await this.#follow(session, this.#fragment);
      else if (this.#given !== undefined) session.open(this.#given);
      else await this.#openNamed(session);
      this.#session = session;
      // Attributes may have changed while the engine loaded.
      session.store.update(this.#options());
      if (this.#language() !== session.store.state.texts.language) await this.#speak(session);
      this.#root.replaceChildren(compose(session, SITE));
      // Where the reader can't type a command, the scenario's own have run.
      if (session.store.state.entries.length === 0 && !hasConsole(session.store.state.view)) await session.runAll();
      const step = Number(this.getAttribute("step"));
      if (step > 0) session.step(step);
      session.store.subscribe((state) => this.#tell(state));
      this.#emit("ready", { version: VERSION });
      for (const action of this.#waiting.splice(0)) action(session);
    } catch (error) {
      await this.#fail(error);
    }
  }

  /** Opens a link and, where this element's attributes leave it open, shows what its author saw. */
  async #follow(session: Session, fragment: string): Promise<void> {
    const seen = await session.openLink(fragment);
    for (const name of ["view", "lang"] as const) {
      const value = seen?.[name];
      if (typeof value === "string" && !this.hasAttribute(name)) this.setAttribute(name, value);
    }
    session.store.update(this.#options());
    if (this.#language() !== session.store.state.texts.language) await this.#speak(session);
  }

  /** The scenario that the attributes name, else the one written inside, else the first built-in one. */
  async #openNamed(session: Session): Promise<void> {
    const id = this.getAttribute("scenario");
    const src = this.getAttribute("src");
    const inline = this.querySelector(':scope > script[type="application/json"]');
    if (id !== null) return session.choose(id);
    if (src !== null) return void session.open(await fetchText(new URL(src, this.baseURI)));
    if (inline) return void session.open(inline.textContent ?? "");
    const first = scenarios[0];
    if (first) await session.choose(first.id);
  }

  async #speak(session: Session): Promise<void> {
    const wanted = this.#language();
    const texts = await Texts.load(wanted);
    if (this.#language() === wanted) session.store.update({ texts });
  }

  async #fail(error: unknown): Promise<void> {
    const reason = error instanceof Error ? error.message : String(error);
    const texts = await Texts.load(this.#language()).catch(() => undefined);
    this.#root.replaceChildren(
      h("div", { class: "bar" }, h("slot", { name: "start" }), h("span", { class: "grow" }), h("slot", { name: "end" })),
      h("slot"),
      h(
        "div",
        { class: "card state", role: "alert" },
        h("strong", {}, texts?.ui("ui.no-engine") ?? "IAM Sandbox could not start"),
        h("p", {}, texts?.ui("ui.no-engine.why", { reason }) ?? reason),
      ),
    );
  }

  #language(): Language {
    const wanted = this.getAttribute("lang")?.slice(0, 2);
    return isLanguage(wanted) ? wanted : readerLanguage();
  }

  #options(): Pick<State, "view" | "controls" | "readonly"> {
    const view = this.getAttribute("view") as View;
    return {
      view: VIEWS.includes(view) ? view : "full",
      controls: this.hasAttribute("controls"),
      readonly: this.hasAttribute("readonly"),
    };
  }

  #initial(texts: Texts): State {
    return {
      texts, ...this.#options(), loading: { status: "loading" }, scenarioId: null, document: {}, lesson: [], warnings: [],
      hosts: [], places: { accounts: [], hosts: [], buckets: [] }, host: "", policies: [], drafts: new Map(), clock: 0, finished: new Set(), opened: null, undoable: false, entries: [], shown: null, hovered: null, text: "", without: [], unseen: [], fromLink: false, differs: null, step: 0,
    };
  }

  #tell(state: State): void {
    const entry = shownEntry(state);
    if (entry && entry.id > this.#told.entry) {
      this.#told.entry = entry.id;
      const evidence = settlingAuthorization(entry.trace)?.evidence;
      this.#emit("result", {
        command: entry.command, exitCode: entry.exitCode, decision: evidence?.decision, blockedBy: evidence?.blockedBy ?? [],
      });
    }
    if (state.step !== this.#told.step) {
      this.#told.step = state.step;
      this.#emit("step", { step: state.step });
    }
  }

  #tellHeight(): void {
    const height = Math.ceil(this.getBoundingClientRect().height);
    if (height === this.#told.height) return;
    this.#told.height = height;
    this.#emit("resize", { height });
  }

  #emit(type: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

async function fetchText(url: URL): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.href}: ${response.status}`);
  const bytes = await response.arrayBuffer();
  if (bytes.byteLength > MOST_BYTES) throw new Error(`${url.href}: ${bytes.byteLength} bytes, at most ${MOST_BYTES}`);
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}

if (!customElements.get("iam-sandbox")) customElements.define("iam-sandbox", IamSandboxElement);

declare global {
  interface HTMLElementTagNameMap {
    "iam-sandbox": IamSandboxElement;
  }
}
