/** A scenario from a file, and into one. */
import { h } from "../dom.ts";

/** A scenario document is at most 256 KB. */
const MOST_BYTES = 256 * 1024;

/** Lets the reader choose a file and reads it; a file that is too large is told as its name alone would be wrong. */
export function pickFile(read: (content: string) => void): void {
  const input = h("input", { type: "file", accept: ".json,application/json" });
  input.addEventListener("change", async () => {
    const file = input.files?.[0];
    if (file) read(file.size > MOST_BYTES ? "" : await file.text());
  });
  input.click();
}

export function download(name: string, text: string, type = "application/json"): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
