import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, expectTypeOf, it } from 'vitest';
import type { Timeline, TimelineItem } from '../../client/src/api/timeline.ts';
import { MessageWindow, type WindowTimeline } from '../src/public-api.ts';
import { SyntheticTimeline } from './window-page/synthetic-timeline.ts';

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

it('takes the timeline of a conversation', () => {
  expectTypeOf<Timeline>().toExtend<WindowTimeline<TimelineItem>>();
});
