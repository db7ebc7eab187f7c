/** The element alone in a frame: view and language from the query, never from storage, its address never changed. */
import "./element.ts";

const sandbox = document.querySelector("iam-sandbox");
const query = new URLSearchParams(location.search);
for (const name of ["scenario", "view", "step", "lang", "theme"]) {
  const value = query.get(name);
  if (value !== null) sandbox?.setAttribute(name, value);
}
for (const name of ["readonly", "controls"]) {
  if (query.has(name)) sandbox?.setAttribute(name, "");
}
const theme = query.get("theme");
if (theme !== null) document.documentElement.dataset["theme"] = theme;
const language = query.get("lang");
if (language !== null) document.documentElement.lang = language;
