/** What a reader takes away: a link, a frame, an element. */
import type { View } from "./state.ts";

/** Where this script, and with it the site, is served from. */
export interface Site {
  readonly base: URL;
}

/** What a snippet shows. */
export interface Shared {
  readonly fragment: string;
  readonly title: string;
  readonly view: View;
  readonly language: string;
  /** The built-in scenario, if nothing in it was edited. */
  readonly builtIn: string | null;
  readonly text: string;
}

/** Chat programs cut longer links. */
export const LONG_LINK = 2000;

/** Beyond this a file is the better way. */
export const TOO_LONG_LINK = 8000;

export function link({ base }: Site, { fragment }: Shared): string {
  return new URL(fragment, base).href;
}

export function frame({ base }: Site, { fragment, title, view, language }: Shared): string {
  const address = new URL(`embed.html?view=${view}&lang=${language}${fragment}`, base).href;
  return `<iframe title="${escaped(`IAM Sandbox: ${title}`)}" src="${escaped(address)}" sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox" loading="lazy" width="100%" height="720" style="border: 0"></iframe>`;
}

export function element({ base }: Site, { view, language, builtIn, text }: Shared): string {
  const script = `<script type="module" src="${escaped(new URL("iam-sandbox.js", base).href)}"></script>`;
  const attributes = `view="${view}" lang="${language}"`;
  if (builtIn !== null) return `${script}\n<iam-sandbox scenario="${escaped(builtIn)}" ${attributes}></iam-sandbox>`;
  // A "<" inside would end the script early; in JSON it stands in strings alone, where its escape means the same.
  const json = text.replaceAll("<", "\\u003c");
  return `${script}\n<iam-sandbox ${attributes}>\n<script type="application/json">\n${json}\n</script>\n</iam-sandbox>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
