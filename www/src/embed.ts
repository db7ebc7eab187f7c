/** The element alone in a frame: view and language from the query, never from storage, its address never changed. */
import "./element.ts";
import { connect, setTheme } from "./messages.ts";

const sandbox = document.querySelector("iam-sandbox");
const query = new URLSearchParams(location.search);
if (sandbox) {
  for (const name of ["scenario", "view", "step", "lang"]) {
    const value = query.get(name);
    if (value !== null) sandbox.setAttribute(name, value);
  }
  for (const name of ["readonly", "controls"]) sandbox.toggleAttribute(name, query.has(name));
  const theme = query.get("theme");
  if (theme !== null) setTheme(sandbox, theme);
  const language = query.get("lang");
  if (language !== null) document.documentElement.lang = language;
  if (location.hash.length > 1) void sandbox.openLink(location.hash);
  connect(sandbox);
}
