/** SVG text doesn't wrap: the middle of a name that is too long gives way. Its title has it whole. */

/** `font` is weight and size; `room` is in pixels. */
export type Shorten = (text: string, room: number, font: string) => string;

export interface Lettering {
  readonly shorten: Shorten;
  /** The width of a text in pixels. */
  width(text: string, font: string): number;
}

/** Measures once for each text: asking for a font's widths costs more than drawing the rest. */
export function lettering(of: Element): Lettering {
  const context = document.createElement("canvas").getContext("2d");
  const known = new Map<string, string>();
  let family: string | undefined;
  const widths = new Map<string, number>();
  const width = (text: string, font: string) => {
    const key = `${font} ${text}`;
    const before = widths.get(key);
    if (before !== undefined || !context) return before ?? text.length * 7;
    family ??= getComputedStyle(of).fontFamily;
    context.font = `${font} ${family}`;
    const measured = context.measureText(text).width;
    widths.set(key, measured);
    return measured;
  };
  return { shorten: once, width };

  function once(text: string, room: number, font: string): string {
    if (!context) return text;
    const key = `${font} ${Math.round(room)} ${text}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    family ??= getComputedStyle(of).fontFamily;
    const short = shorten(text, room, `${font} ${family}`);
    known.set(key, short);
    return short;
  }

  function shorten(text: string, room: number, font: string): string {
    if (!context) return text;
    context.font = font;
    const fits = (candidate: string) => context.measureText(candidate).width <= room;
    if (fits(text)) return text;
    let keep = Math.floor(text.length / 2);
    const cut = () => `${text.slice(0, keep).replace(/[\s.]+$/, "")}…${text.slice(-keep).replace(/^[\s.]+/, "")}`;
    while (keep > 2 && !fits(cut())) keep--;
    return cut();
  }
}
