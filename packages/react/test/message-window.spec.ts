import { gzipSync } from 'node:zlib';
import { join } from 'node:path';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { build } from 'vite';
import { expect, it } from 'vitest';
import { MessageWindow } from '../src/public-api.ts';
import { SyntheticTimeline } from './window-page/synthetic-timeline.ts';

const MOST_BYTES = 2_600;

it('renders the last 30 messages on a server', () => {
  const html = renderToString(
    createElement(MessageWindow, {
      timeline: new SyntheticTimeline(500),
      className: 'window',
      renderItem: ({ key }) => key,
    }),
  );
  expect(html.match(/data-key/g)).toHaveLength(30);
  expect(html).toContain('<div data-key="m471">');
  expect(html).toContain('<div data-key="m500">');
});

it('renders 30 messages around the first unread one on a server', () => {
  const timeline = new SyntheticTimeline(500, { first: 400 });
  const html = renderToString(
    createElement(MessageWindow, {
      timeline,
      renderItem: ({ key }) => key,
      dividerSeq: 439,
      divider: 'New',
    }),
  );
  expect(html).toContain('<div data-key="m440">New');
  expect(html.match(/data-key/g)).toHaveLength(30);
});

it('is small: minified and compressed', async () => {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    oxc: { jsx: { runtime: 'automatic', development: false } },
    build: {
      write: false,
      target: 'es2022',
      modulePreload: { polyfill: false },
      rollupOptions: {
        input: join(import.meta.dirname, '../src/message-window.tsx'),
        preserveEntrySignatures: 'strict',
        external: /^react/,
      },
    },
  });
  if (!('output' in result)) throw new Error('The window has several outputs.');
  expect(result.output).toHaveLength(1);
  expect(gzipSync(result.output[0].code).length).toBeLessThanOrEqual(MOST_BYTES);
});
