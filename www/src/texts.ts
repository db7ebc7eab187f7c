/** The catalogues: flat keys to sentences with {parameters}; only the language in use is loaded. */
import type english from "../texts/en.json";

export type Language = "en" | "ko";
export type TextKey = keyof typeof english;
/** A key of the page's own sentences. */
export type UiKey = TextKey & `ui.${string}`;
export type Params = Readonly<Record<string, unknown>>;
/** A text of a scenario: one string, or one for each language. */
export type Localized = string | Partial<Record<Language, string>>;

type Catalogue = Record<string, string>;

type Load = () => Promise<{ default: Catalogue }>;

/** What every reader sees, and what comes on need: problems, remarks, what opens at a click. */
const catalogues: Record<Language, { readonly first: Load; readonly later: Load }> = {
  en: { first: () => import("../texts/en.json"), later: () => import("../texts/en.json?later") },
  ko: { first: () => import("../texts/ko.json"), later: () => import("../texts/ko.json?later") },
};

export function isLanguage(value: unknown): value is Language {
  return value === "en" || value === "ko";
}

/** The first language of the reader that has a catalogue, else English. */
export function readerLanguage(): Language {
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2));
  return wanted.find(isLanguage) ?? "en";
}

function format(value: unknown): string {
  if (Array.isArray(value)) return value.map(format).join(", ");
  if (value !== null && typeof value === "object") return JSON.stringify(value);
  return String(value);
}

function fill(text: string, params: Params): string {
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => (name in params ? format(params[name]) : hole));
}

/** One language's sentences. */
export class Texts {
  /** Called when a sentence is asked for that hasn't been loaded. */
  lacking: (() => void) | undefined;

  private constructor(
    readonly language: Language,
    private readonly catalogue: Catalogue,
    /** Whether the sentences that come on need are there. */
    readonly whole: boolean,
  ) {}

  static async load(language: Language): Promise<Texts> {
    return new Texts(language, (await catalogues[language].first()).default, false);
  }

  /** The same with all sentences. */
  completed(): Promise<Texts> {
    this.#completed ??= this.whole
      ? Promise.resolve(this)
      : catalogues[this.language].later().then(({ default: later }) => new Texts(this.language, { ...this.catalogue, ...later }, true));
    return this.#completed;
  }
  #completed: Promise<Texts> | undefined;

  /** The page's own sentence. */
  ui(key: UiKey, params: Params = {}): string {
    return this.code(key, params);
  }

  /** The sentence of a code that the engine gave; a code without a sentence shows as itself. */
  code(code: string, params: Params = {}): string {
    const text = this.catalogue[code];
    if (text !== undefined) return fill(text, params);
    if (this.whole) return code;
    this.lacking?.();
    return "…";
  }

  /** A scenario's text, in the other language where this one is missing. */
  localized(text: Localized | undefined): string {
    if (text === undefined || typeof text === "string") return text ?? "";
    return text[this.language] ?? text.en ?? text.ko ?? "";
  }
}
