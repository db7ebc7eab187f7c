/** SVG text doesn't wrap: the middle of a name that is too long gives way. Its title has it whole. */

/** `font` is weight and size; `room` is in pixels. */
export type Shorten = (text: string, room: number, font: string) => string;

export function shortener(family: string): Shorten {
  const context = document.createElement("canvas").getContext("2d");
  return (text, room, font) => {
    if (!context) return text;
    context.font = `${font} ${family}`;
    const fits = (candidate: string) => context.measureText(candidate).width <= room;
    if (fits(text)) return text;
    let keep = Math.floor(text.length / 2);
    const cut = () => `${text.slice(0, keep)}…${text.slice(-keep)}`;
    while (keep > 2 && !fits(cut())) keep--;
    return cut();
  };
}
