/** What turns the direction of the text around it, where there is no element to keep it in. */
const BIDI_CONTROLS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** A text on one line, for places outside of the page. @param longest in code points */
export function plainLine(text: string, longest: number): string {
  const line = text.replace(BIDI_CONTROLS, '').replace(/\s+/g, ' ').trim();
  const points = Array.from(line);
  return points.length > longest ? `${points.slice(0, longest - 1).join('')}…` : line;
}
