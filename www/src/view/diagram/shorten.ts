/** SVG text doesn't wrap: the middle of a name that is too long gives way. Its title has it whole. */

/** `font` is weight and size; `room` is in pixels. */
export type Shorten = (text: string, room: number, font: string) => string;

/** Measures once for each text: asking for a font's widths costs more than drawing the rest. */
export function shortener(of: Element): Shorten {
  const context = document.createElement("canvas").getContext("2d");
  const known = new Map<string, string>();
  let family: string | undefined;
  return (text, room, font) => {
    if (!context) return text;
    const key = `${font} ${Math.round(room)} ${text}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    family ??= getComputedStyle(of).fontFamily;
    const short = shorten(text, room, `${font} ${family}`);
    known.set(key, short);
    return short;
  };

  function shorten(text: string, room: number, font: string): string {
    if (!context) return text;
    context.font = font;
    const fits = (candidate: string) => context.measureText(candidate).width <= room;
    if (fits(text)) return text;
    let keep = Math.floor(text.length / 2);
    const cut = () => `${text.slice(0, keep)}…${text.slice(-keep)}`;
    while (keep > 2 && !fits(cut())) keep--;
    return cut();
  }
}
