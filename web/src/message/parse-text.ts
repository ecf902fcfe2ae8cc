/** A part of a message. There is no HTML anywhere: parts become elements. */
export type TextPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'block'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

/** Three backticks on lines of their own, or one on each side. An opening one without an end is text. A block ends its line. */
const CODE = /^```[^\n`]*\n([^]*?)\n?```$\n?|`([^`\n]+)`/gm;

export type FindLinks = (text: string) => TextPart[];

const asText: FindLinks = (text) => (text === '' ? [] : [{ kind: 'text', text }]);

/**
 * Splits a message into text, code and links; nothing in code is a link.
 * @param findLinks splits a text without code
 */
export function parseText(content: string, findLinks: FindLinks = asText): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of content.matchAll(CODE)) {
    const [whole, block, code] = match;
    parts.push(...findLinks(content.slice(end, match.index)));
    parts.push(block === undefined ? { kind: 'code', text: code ?? '' } : { kind: 'block', text: block });
    end = match.index + whole.length;
  }
  return [...parts, ...findLinks(content.slice(end))];
}
