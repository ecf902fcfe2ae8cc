import { expect, it } from 'vitest';
import { HOSTILE_TEXTS } from '../../test/support/hostile-texts.ts';
import { findLinks } from './find-links.ts';
import { parseText } from './parse-text.ts';

/** A frame. */
const LONGEST_MS = 16;
/** Machines are busy: the quickest counts. */
const TRIES = 5;

const links = (text: string): string[] =>
  parseText(text, findLinks).flatMap((part) => (part.kind === 'link' ? [`${part.text} → ${part.href}`] : []));

it.for([
  ['see https://example.com/x.', ['https://example.com/x → https://example.com/x']],
  ['(http://example.com)', ['http://example.com → http://example.com']],
  ['mailto:ada@example.com', ['mailto:ada@example.com → mailto:ada@example.com']],
  ['javascript:alert(1)', []],
  ['JaVaScRiPt:alert(1)//https', []],
  ['data:text/html,<b>', []],
  ['file:///etc/passwd', []],
  ['ftp://example.com', []],
  ['//evil.example', []],
  ['`https://example.com` and ```https://example.com```', []],
  ['```\nhttps://example.com\n```', []],
  ['https://раypal.com/x', ['https://xn--ypal-43d9g.com/x → https://раypal.com/x']],
] as const)('%s', ([text, expected]) => {
  expect(links(text)).toEqual(expected);
});

it('no empty line stands below a block of code', () =>
  expect(parseText('```\nlet x = 1;\n```\nand then', findLinks)).toEqual([
    { kind: 'block', text: 'let x = 1;' },
    { kind: 'text', text: 'and then' },
  ]));

it.for(HOSTILE_TEXTS)('links nothing unsafe in %j, and takes no time', (text) => {
  const times = Array.from({ length: TRIES }, () => {
    const start = performance.now();
    parseText(text, findLinks);
    return performance.now() - start;
  });
  expect(Math.min(...times)).toBeLessThan(LONGEST_MS);
  const parts = parseText(text, findLinks);
  const hrefs = parts.flatMap((part) => (part.kind === 'link' ? [part.href] : []));
  expect(hrefs.filter((href) => !/^(https?:\/\/|mailto:)/.test(href))).toEqual([]);
});
