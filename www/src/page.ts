/** The full page: the element, and around it the reader's choice of language and theme. */
import "./element.ts";
import { keepDrafts } from "./drafts.ts";
import { isLanguage, readerLanguage } from "./texts.ts";

type Choice = { readonly name: "lang" | "theme"; readonly fallback: string };

const LANG: Choice = { name: "lang", fallback: readerLanguage() };
const THEME: Choice = { name: "theme", fallback: "auto" };

/** Storage is a convenience: where it is refused, a choice lasts until the page closes. */
function remembered({ name, fallback }: Choice): string {
  try {
    return localStorage.getItem(`iam-sandbox.${name}`) ?? fallback;
  } catch {
    return fallback;
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
if (sandbox) keepDrafts(sandbox);

function choose(choice: Choice, value: string): void {
  sandbox?.setAttribute(choice.name, value);
  if (choice === LANG) document.documentElement.lang = value;
  else document.documentElement.dataset["theme"] = value;
  for (const button of document.querySelectorAll<HTMLElement>(`[data-${choice.name}-choice]`)) {
    button.setAttribute("aria-pressed", String(button.dataset[`${choice.name}Choice`] === value));
  }
}

for (const choice of [LANG, THEME]) {
  const value = remembered(choice);
  choose(choice, choice === LANG && !isLanguage(value) ? choice.fallback : value);
  for (const button of document.querySelectorAll<HTMLElement>(`[data-${choice.name}-choice]`)) {
    button.addEventListener("click", () => {
      const chosen = button.dataset[`${choice.name}Choice`] ?? choice.fallback;
      choose(choice, chosen);
      remember(choice, chosen);
    });
  }
}
