import type { MessageWindowHandle, WindowEnd } from '../../src/public-api.ts';
import { type FrameReport, watchFrames } from './frames.ts';
import type { SyntheticTimeline } from './synthetic-timeline.ts';

/** More than any step of a test needs. */
const RUNAWAY_PAGES = 40;
const LONGEST_FRAMES = 600;

declare global {
  interface Window {
    driver: Driver;
    takeRandomSteps: (driver: Driver, count: number, seed: number) => Promise<string[]>;
  }
}

export interface Shown {
  readonly name: string | null;
  readonly dividerSeq?: number;
}

/** What a test does on the page. */
export class Driver {
  handle: MessageWindowHandle | null = null;
  shown: Shown = { name: 'large' };
  /** Set by the page. */
  render: (shown: Shown) => void = () => undefined;
  readonly ends: WindowEnd[] = [];
  #wheeled = 0;
  #stopWatching: (() => FrameReport) | undefined;
  readonly timelines: Record<string, SyntheticTimeline>;

  constructor(timelines: Record<string, SyntheticTimeline>) {
    this.timelines = timelines;
    addEventListener('wheel', (event) => void (this.#wheeled += Math.abs(event.deltaY)), { passive: true });
  }

  get scroller(): HTMLElement {
    const scroller = document.querySelector<HTMLElement>('.window');
    if (scroller === null) throw new Error('The window is not shown.');
    return scroller;
  }

  get rows(): HTMLElement[] {
    return [...this.scroller.querySelectorAll<HTMLElement>('[data-key]')];
  }

  get timeline(): SyntheticTimeline {
    const timeline = this.timelines[this.shown.name ?? ''];
    if (timeline === undefined) throw new Error(`There is no conversation ${this.shown.name}.`);
    return timeline;
  }

  /** Shows a conversation, or none, and resolves when it is there, or gone: React ends subscriptions after a frame. */
  async show(shown: Shown): Promise<void> {
    const before = this.timelines[this.shown.name ?? ''];
    this.shown = shown;
    this.render(shown);
    if (shown.name !== null) return this.settled();
    const isSubscribed = (): boolean => before !== undefined && before.listeners > 0;
    for (let frames = 0; frames < LONGEST_FRAMES && isSubscribed(); frames += 1) {
      await new Promise(requestAnimationFrame);
    }
  }

  /** Shows the rows of the conversation once more, made by hand, as a measure for the work of the window. */
  async showPlainRows(): Promise<void> {
    const list = document.createElement('div');
    list.className = 'plain';
    for (const { key, height } of this.timeline.getSnapshot().items) {
      const text = document.createElement('p');
      text.style.height = `${height}px`;
      text.textContent = key;
      const row = document.createElement('div');
      row.append(text);
      list.append(row);
    }
    document.body.append(list);
    await this.settled();
    list.remove();
  }

  watch(direction: 1 | -1): void {
    this.#wheeled = 0;
    this.#stopWatching = watchFrames(this.scroller, direction, () => this.#wheeled);
  }

  report(): FrameReport & { wheeled: number } {
    const report = this.#stopWatching?.();
    if (report === undefined) throw new Error('No frames were watched.');
    return { ...report, wheeled: this.#wheeled };
  }

  /** Resolves when the window has been at rest for ten frames and nothing is being loaded, or when it runs away. */
  async settled(): Promise<void> {
    const limit = this.timeline.pages + RUNAWAY_PAGES;
    for (let still = 0, before = ''; still < 10 && this.timeline.pages < limit;) {
      await new Promise(requestAnimationFrame);
      if (document.querySelector('.window') === null) continue;
      const now = `${this.scroller.scrollTop} ${this.scroller.scrollHeight} ${this.timeline.getSnapshot().busy}`;
      still = now === before && now.endsWith('null') ? still + 1 : 0;
      before = now;
    }
  }

  /** Resolves in the frame that shows the next page, or that is late. */
  async pageLoaded(): Promise<void> {
    const { items } = this.timeline.getSnapshot();
    for (let frames = 0; frames < LONGEST_FRAMES; frames += 1) {
      await new Promise(requestAnimationFrame);
      if (this.timeline.getSnapshot().items !== items) return;
    }
  }

  /** Scrolls to the very top in each frame until the condition holds, or for too long. */
  async scrollUntil(condition: () => boolean): Promise<void> {
    for (let frames = 0; frames < LONGEST_FRAMES && !condition(); frames += 1) {
      this.scroller.scrollTop = 0;
      await new Promise(requestAnimationFrame);
    }
    await this.settled();
  }

  /** Drops rows above those that are seen. */
  dropAbove(): void {
    const { first, last } = this.timeline.getSnapshot();
    this.timeline.trim({ first: first + 10, last });
  }

  row(seq: number): HTMLElement | null {
    return this.scroller.querySelector<HTMLElement>(`[data-key="m${seq}"]`);
  }

  /** The largest distance by which the text of a row moves that is visible before and after. */
  async movedBy(action: () => unknown): Promise<number> {
    const before = this.#texts();
    await action();
    await this.settled();
    const after = this.#texts();
    const common = [...before].filter(([text]) => after.has(text));
    if (common.length === 0) return Infinity;
    return Math.max(...common.map(([text, top]) => Math.abs((after.get(text) ?? 0) - top)));
  }

  #texts(): Map<string, number> {
    const frame = this.scroller.getBoundingClientRect();
    const boxes = [...this.scroller.querySelectorAll('p')].map(
      (text) => [text.textContent, text.getBoundingClientRect()] as const,
    );
    return new Map(
      boxes
        .filter(([, box]) => box.bottom > frame.top && box.top < frame.bottom)
        .map(([text, box]) => [text, box.top - frame.top]),
    );
  }

  /** The rows that are out of sight, above or below. */
  hiddenRows(side: 'above' | 'below'): HTMLElement[] {
    const { top, bottom } = this.scroller.getBoundingClientRect();
    return this.rows.filter((row) => {
      const box = row.getBoundingClientRect();
      return side === 'above' ? box.bottom < top : box.top > bottom;
    });
  }

  /** The nearest of them. */
  hiddenRow(side: 'above' | 'below'): HTMLElement {
    const row = this.hiddenRows(side).at(side === 'above' ? -1 : 0);
    if (row === undefined) throw new Error(`No row is hidden ${side}.`);
    return row;
  }

  distanceToEnd(): number {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight;
  }

  /** How far the middle of a row is from the middle of the window. */
  offCentre(seq: number): number {
    const row = this.row(seq)?.getBoundingClientRect();
    if (row === undefined) return Number.NaN;
    const frame = this.scroller.getBoundingClientRect();
    return (row.top + row.bottom - frame.top - frame.bottom) / 2;
  }
}
