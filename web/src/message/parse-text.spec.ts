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

it.for(HOSTILE_TEXTS)('links nothing unsafe in %j, and takes no time', (text) => {
  const start = performance.now();
  const parts = parseText(text, findLinks);
  expect(performance.now() - start).toBeLessThan(100);
  const hrefs = parts.flatMap((part) => (part.kind === 'link' ? [part.href] : []));
  expect(hrefs.filter((href) => !/^(https?:\/\/|mailto:)/.test(href))).toEqual([]);
});
