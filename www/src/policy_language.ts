/** What the engine says of a policy that is being typed: findings, proposals, meanings. Its tables and the sentences
 * of its codes are fetched when the reader turns to the policies. */
import { loadPart, type PolicyText, type Position, type Sandbox } from "./engine.ts";
import type { Session } from "./session.ts";
import type { Language } from "./texts.ts";

const TABLES: Readonly<Record<string, URL>> = {
  "services.txt": new URL("../../src/data/services.txt", import.meta.url),
  "action-names.txt": new URL("../../src/data/action-names.txt", import.meta.url),
};

const SENTENCES: Record<Language, () => Promise<{ default: Record<string, string> }>> = {
  en: () => import("../texts/findings.en.json"),
  ko: () => import("../texts/findings.ko.json"),
};

export type FindingType = ReturnType<Sandbox["validatePolicy"]>["findings"][number]["findingType"];

/** Something that IAM Access Analyzer would find, in words. */
export interface Finding {
  readonly type: FindingType;
  /** AWS's issue code. */
  readonly code: string;
  readonly message: string;
  readonly start: Position;
  readonly end: Position;
}

/** Something that can stand at the cursor; it replaces `from` to `to`. */
export interface Proposal {
  readonly label: string;
  readonly insert: string;
  readonly from: number;
  readonly to: number;
  readonly detail: string;
}

/** What a stretch of the text means. */
export interface Meaning {
  readonly from: number;
  readonly to: number;
  readonly word: string;
  readonly text: string;
}

/** A policy in a text. */
interface Within extends Pick<PolicyText, "pointer" | "policyType" | "resourceType"> {
  readonly text: string;
  /** Its first UTF-16 unit in that text. */
  readonly from: number;
}

/** Tables on their way or there, so that each is fetched once a page. */
const fetched = new Map<string, Promise<void>>();

function fetchTable(session: Session, name: string): Promise<void> {
  const before = fetched.get(name);
  if (before) return before;
  const coming = (async () => {
    const response = await fetch(TABLES[name] ?? "");
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    session.engine.provide(name, new Uint8Array(await response.arrayBuffer()));
  })();
  fetched.set(name, coming);
  // A failed fetch may be tried again.
  coming.catch(() => fetched.delete(name));
  return coming;
}

export class PolicyLanguage {
  private constructor(
    private readonly session: Session,
    readonly language: Language,
    private readonly sentences: Record<string, string>,
  ) {}

  /** With the tables that the scenario as it stands needs. */
  static async load(session: Session, language: Language): Promise<PolicyLanguage> {
    await loadPart("editor");
    const needs = session.engine.needs(session.store.state.text);
    const [sentences] = await Promise.all([SENTENCES[language](), ...needs.map((name) => fetchTable(session, name))]);
    return new PolicyLanguage(session, language, sentences.default);
  }

  /** The tables that a text needs and that aren't there: fetched, then `then` is called. */
  need(text: string, then: () => void): void {
    const missing = this.session.engine.needs(text);
    if (missing.length > 0) void Promise.all(missing.map((name) => fetchTable(this.session, name))).then(then, () => undefined);
  }

  /** Of the whole scenario's text those of all its policies. */
  findings({ policyType, resourceType, pointer }: PolicyText, text: string): readonly Finding[] {
    const whole = pointer === "";
    const output = whole ? this.session.engine.validateScenario(text) : this.session.ask((sandbox) => sandbox.validatePolicy(text, policyType, resourceType, pointer));
    return (output?.findings ?? []).flatMap(({ findingType: type, issueCode: code, params, locations: [place] }) => {
      const { variant } = params;
      const key = `finding.${code.toLowerCase().replaceAll("_", "-")}${variant === undefined ? "" : `.${variant}`}`;
      return place ? [{ type, code, message: this.say(key, params), start: place.span.start, end: place.span.end }] : [];
    });
  }

  proposals(policy: PolicyText, text: string, offset: number): readonly Proposal[] {
    const at = this.within(policy, text, offset);
    if (!at) return [];
    const found = this.session.ask((sandbox) => sandbox.complete(at.text, offset - at.from, at.policyType, at.resourceType)) ?? [];
    return found.map(({ label, insert, from, to, code }) => ({ label, insert, from: at.from + from, to: at.from + to, detail: this.say(code) }));
  }

  /** What the word at a place means; of an intrinsic what it stands for. */
  meaning(policy: PolicyText, text: string, offset: number): Meaning | undefined {
    const at = this.within(policy, text, offset);
    if (!at) return undefined;
    const place = offset - at.from;
    const shifted = ({ from, to }: { from: number; to: number }) => ({ from: at.from + from, to: at.from + to });
    const intrinsic = this.intrinsics(at, at.text).find(({ from, to }) => from <= place && place < to);
    if (intrinsic) return { ...shifted(intrinsic), text: intrinsic.text, word: at.text.slice(intrinsic.from, intrinsic.to).replace(/\s+/g, " ") };
    const found = this.session.ask((sandbox) => sandbox.describe(at.text, place, at.policyType, at.resourceType));
    if (!found) return undefined;
    const { code, params } = found;
    const { word = "", resources } = params;
    return { ...shifted(found), word, text: resources === undefined ? this.say(code) : `${this.say(code)} · ${resources}` };
  }

  /** What the intrinsics of a policy's text stand for; in the whole scenario they aren't shown. */
  intrinsics({ pointer }: Pick<PolicyText, "pointer">, text: string): readonly { from: number; to: number; text: string }[] {
    return pointer === "" ? [] : (this.session.ask((sandbox) => sandbox.intrinsics(pointer, text)) ?? []);
  }

  /** The policy in whose text an offset stands, and where that text begins. */
  private within({ pointer, policyType, resourceType }: PolicyText, text: string, offset: number): Within | undefined {
    if (pointer !== "") return { pointer, policyType, resourceType, text, from: 0 };
    const place = this.session.ask((sandbox) => sandbox.policyAt(text, offset));
    return place ? { ...place, text: text.slice(place.from, place.to) } : undefined;
  }

  private say(key: string, params: Readonly<Record<string, string>> = {}): string {
    return (this.sentences[key] ?? key).replace(/\{(\w+)\}/g, (hole, name: string) => params[name] ?? hole);
  }
}
