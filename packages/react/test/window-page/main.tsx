import { type ReactElement, StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { MessageWindow } from '../../src/public-api.ts';
import { renderItem } from './conversation.tsx';
import { Driver, type Shown } from './driver.ts';
import { takeRandomSteps } from './random-steps.ts';
import { SyntheticTimeline } from './synthetic-timeline.ts';

const driver = new Driver({
  large: new SyntheticTimeline(100_000),
  images: new SyntheticTimeline(100_000, { hasImages: true }),
  /** More than a window shows, as after a while in which it was not shown. */
  long: new SyntheticTimeline(1_000, { first: 401 }),
  unread: new SyntheticTimeline(500, { first: 400 }),
});
window.driver = driver;
window.takeRandomSteps = takeRandomSteps;

function Page(): ReactElement | null {
  const [{ name, dividerSeq }, render] = useState<Shown>(driver.shown);
  driver.render = render;
  if (name === null) return null;
  return (
    <MessageWindow
      className="window"
      timeline={driver.timeline}
      renderItem={renderItem}
      dividerSeq={dividerSeq}
      divider={<div className="divider">New</div>}
      onEndChange={(end) => driver.ends.push(end)}
      handle={(handle) => void (driver.handle = handle)}
    />
  );
}

createRoot(document.querySelector('#root') ?? document.body).render(
  <StrictMode>
    <Page />
  </StrictMode>,
);
