/** What a reader sees, frame by frame. */
export interface FrameReport {
  frames: number;
  /** Frames in which the rows moved against the direction of the wheel. */
  backwards: number;
  /** Frames in which they moved further than the wheel so far, or in which no row of the frame before is left. */
  leaps: number;
  /** Frames of which rows cover less than 98 %. */
  uncovered: number;
  /** The sum of all movements. */
  moved: number;
  mostRows: number;
  /** The longest time between two frames. */
  longestMs: number;
}

const ONE_NOTCH_PX = 120;

/** Watches all frames until it is stopped. `wheeled` says how far the wheel has been turned. */
export function watchFrames(
  scroller: HTMLElement,
  direction: 1 | -1,
  wheeled: () => number,
): () => FrameReport {
  const report: FrameReport = {
    frames: 0,
    backwards: 0,
    leaps: 0,
    uncovered: 0,
    moved: 0,
    mostRows: 0,
    longestMs: 0,
  };
  let before: Map<string, number> | undefined;
  let last = performance.now();
  let request = requestAnimationFrame(look);
  function look(now: number): void {
    request = requestAnimationFrame(look);
    const { tops, covered, rows } = visible(scroller);
    if (before !== undefined) {
      const common = [...tops.keys()].find((key) => before?.has(key));
      const moved =
        common === undefined ? 0 : ((tops.get(common) ?? 0) - (before.get(common) ?? 0)) * direction;
      report.moved += moved;
      if (moved < -1) report.backwards += 1;
      if (common === undefined || report.moved > wheeled() + ONE_NOTCH_PX) report.leaps += 1;
      if (covered < 0.98) report.uncovered += 1;
      report.longestMs = Math.max(report.longestMs, now - last);
    }
    report.frames += 1;
    report.mostRows = Math.max(report.mostRows, rows);
    before = tops;
    last = now;
  }
  return () => {
    cancelAnimationFrame(request);
    return report;
  };
}

/** The tops of the visible rows, and the part of the window that they cover. */
function visible(scroller: HTMLElement): { tops: Map<string, number>; covered: number; rows: number } {
  const frame = scroller.getBoundingClientRect();
  const tops = new Map<string, number>();
  let covered = 0;
  const rows = [...scroller.querySelectorAll<HTMLElement>('[data-key], [data-seq]')];
  for (const row of rows) {
    const { top, bottom } = row.getBoundingClientRect();
    if (bottom <= frame.top || top >= frame.bottom) continue;
    tops.set(row.dataset['key'] ?? row.dataset['seq'] ?? '', top - frame.top);
    covered += Math.min(bottom, frame.bottom) - Math.max(top, frame.top);
  }
  return { tops, covered: covered / frame.height, rows: rows.length };
}
