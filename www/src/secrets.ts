/** Finds what looks like a real key before a link carries it away. AWS's documentation examples and what this
 * scenario itself issued are no secrets. */

const ACCESS_KEY = /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g;
const SECRET = /(?:secret[_ ]?(?:access[_ ]?)?key|AWS_SECRET_ACCESS_KEY)["'\s:=]{1,6}([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+])/gi;
const TOKEN = /(?:session[_ ]?token|AWS_SESSION_TOKEN)["'\s:=]{1,6}([A-Za-z0-9/+=]{100,})/gi;

/** The suspicious values in `text`, each once, unless `issued` (what the engine gave out) contains them. */
export function secrets(text: string, issued: string): readonly string[] {
  const found = [
    ...[...text.matchAll(ACCESS_KEY)].map(([key]) => key),
    ...[...text.matchAll(SECRET), ...text.matchAll(TOKEN)].map(([, value = ""]) => value),
  ];
  return [...new Set(found)].filter((value) => !value.includes("EXAMPLE") && !issued.includes(value));
}
