import { LinkifyIt } from 'linkify-it';
import type { TextPart } from './parse-text.ts';

const linkify = new LinkifyIt({ fuzzyEmail: false, fuzzyLink: true }).add('ftp:', null).add('//', null);
const SAFE = /^(?:https?|mailto):$/;
/** Letters of one alphabet that look like those of another one. */
const MIXED = /(?=.*\p{Script=Latin})(?=.*[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}])/u;

/** Splits a text without code into links and what is between them. */
export function findLinks(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const { index, lastIndex, url } of linkify.match(text) ?? []) {
    if (index > end) parts.push({ kind: 'text', text: text.slice(end, index) });
    const shown = text.slice(index, lastIndex);
    const target = targetOf(url);
    parts.push(
      target ? { kind: 'link', text: shownHost(shown, target), href: url } : { kind: 'text', text: shown },
    );
    end = lastIndex;
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return parts;
}

/** Where a link leads; null when it is none that is safe to follow. A name before the host only hides the host. */
function targetOf(url: string): URL | null {
  if (!URL.canParse(url)) return null;
  const target = new URL(url);
  return SAFE.test(target.protocol) && target.username === '' ? target : null;
}

/** What people see is where it leads: a host of mixed alphabets is shown as what it is. */
function shownHost(shown: string, { host }: URL): string {
  const written = /^(?:[a-z]+:\/\/)?([^/?#:]+)/i.exec(shown)?.[1] ?? '';
  const isMixed = written.split('.').some((label) => MIXED.test(label));
  return isMixed ? shown.replace(written, host) : shown;
}
