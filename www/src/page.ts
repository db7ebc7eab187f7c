/** The full page: the element, and around it the reader's choice of language and theme. */
import "./element.ts";
import { keepDrafts } from "./drafts.ts";
import { keepOffline } from "./offline.ts";
import { scenarios } from "./scenarios.ts";
import { isLanguage, readerLanguage } from "./texts.ts";

type Choice = { readonly name: "lang" | "theme"; readonly fallback: string };

const LANG: Choice = { name: "lang", fallback: readerLanguage() };
const THEME: Choice = { name: "theme", fallback: "auto" };

/** Storage is a convenience: where it is refused, a choice lasts until the page closes. */
function remembered({ name }: Choice): string | undefined {
  try {
    return localStorage.getItem(`iam-sandbox.${name}`) ?? undefined;
  } catch {
    return undefined;
  }
}

function remember({ name }: Choice, value: string): void {
  try {
    localStorage.setItem(`iam-sandbox.${name}`, value);
  } catch {
    // The choice still holds for this page.
  }
}

const sandbox = document.querySelector("iam-sandbox");

function choose(choice: Choice, value: string): void {
  sandbox?.setAttribute(choice.name, value);
  show(choice, value);
}

function show(choice: Choice, value: string): void {
  if (choice === LANG) document.documentElement.lang = value;
  else document.documentElement.dataset["theme"] = value;
  for (const button of document.querySelectorAll<HTMLElement>(`[data-${choice.name}-choice]`)) {
    button.setAttribute("aria-pressed", String(button.dataset[`${choice.name}Choice`] === value));
  }
}

for (const choice of [LANG, THEME]) {
  const kept = remembered(choice);
  // A link brings its author's language, unless the reader has chosen one.
  if (kept !== undefined || choice === THEME || !hasLink()) choose(choice, valid(choice, kept));
  for (const button of document.querySelectorAll<HTMLElement>(`[data-${choice.name}-choice]`)) {
    button.addEventListener("click", () => {
      const chosen = button.dataset[`${choice.name}Choice`] ?? choice.fallback;
      choose(choice, chosen);
      remember(choice, chosen);
    });
  }
}

if (sandbox) {
  const asked = new URLSearchParams(location.search).get("scenario");
  if (asked !== null && scenarios.some(({ id }) => id === asked)) sandbox.setAttribute("scenario", asked);
  keepDrafts(sandbox);
  const follow = () => void (hasLink() && sandbox.openLink(location.hash));
  follow();
  window.addEventListener("hashchange", follow);
  sandbox.watch(({ texts }) => show(LANG, texts.language));
}

keepOffline();

function hasLink(): boolean {
  return location.hash.length > 1;
}

function valid(choice: Choice, value = choice.fallback): string {
  return choice === LANG && !isLanguage(value) ? choice.fallback : value;
}
