import { expect, it } from 'vitest';
import { HOSTILE_TEXTS } from '../../test/support/hostile-texts.ts';
import { findLinks } from './find-links.ts';
import { parseText } from './parse-text.ts';

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

it.for(HOSTILE_TEXTS)('links nothing unsafe in %j', (text) => {
  const parts = parseText(text, findLinks);
  const hrefs = parts.flatMap((part) => (part.kind === 'link' ? [part.href] : []));
  expect(hrefs.filter((href) => !/^(https?:\/\/|mailto:)/.test(href))).toEqual([]);
});

const filled = (start: string, rest: string): string => start + rest.repeat(4_000).slice(start.length, 4_000);
/** The shortest of some times: what else runs on the machine only makes them longer. */
function timeOf(text: string): number {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    parseText(text, findLinks);
    return performance.now() - start;
  });
  return Math.min(...times);
}
/** Plain words take about 0.14 ms: the worst text has to be ready within 16 ms, which is a frame. */
const FRAME = 16 / 0.14;

it.for([
  ['', '```a\n'],
  ['```\n', '\n'],
  ['', '\n'],
  ['', '`a\n'],
  ['', 'http://'],
  ['', 'https://a.b/('],
  ['https://a.b/', '('],
  ['https://a.b/', '&;'],
  ['', 'https://аa.com '],
  ['https://', 'a:'],
  ['', 'mailto:a@'],
  ['', 'com.'],
  ...HOSTILE_TEXTS.map((text) => [text, ''] as const),
] as const)('reads %j and 4,000 of %j within a frame', ([start, rest]) => {
  const plain = timeOf('plain words '.repeat(334));
  expect(timeOf(filled(start, rest)) / plain).toBeLessThan(FRAME);
});
