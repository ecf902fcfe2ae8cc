import { type Figure, isReached } from '../workloads/workload.js';
import { formatAmount, formatGoal } from './markdown.js';
import type { Report } from './report-data.js';

const WIDTH = 960;
const LABELS = 400;
const RIGHT = 124;
const ROW = 40;
const TOP = 84;
/** The axis is logarithmic: a bar of 2× is as long as one of 0.5×. */
const LOWEST = 1 / 8;
const HIGHEST = 16;
const TICKS = [0.125, 0.25, 0.5, 1, 2, 4, 8, 16];

/** Draws an SVG chart with a bar from 1× to each ratio, its interval and its goal. Figures in other units are omitted. */
export function drawChart({ results, machine, date }: Report): string {
  const rows = results.flatMap(({ title, figures }) =>
    figures.filter(({ unit }) => unit === 'ratio').map((figure) => ({ title, figure })),
  );
  const height = TOP + rows.length * ROW + 40;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    drawText(16, 26, 'Causerie against the bare baseline: median ratios', 'font-size="16" font-weight="600"'),
    drawText(
      16,
      46,
      `${machine.cpu}, ${machine.cores} cores, ${date.toISOString().slice(0, 10)}, commit ${machine.commit}`,
      'fill="#555"',
    ),
    drawText(
      16,
      64,
      'Bar: from equal (1×) to the median. Line: 95 % interval. Diamond: the goal. Green: reached.',
      'fill="#555"',
    ),
    ...TICKS.map((tick) => drawAxis(tick, height)),
    ...rows.map(({ title, figure }, index) => drawBar(title, figure, TOP + index * ROW)),
    '</svg>\n',
  ].join('\n');
}

function drawAxis(tick: number, height: number): string {
  const at = xOf(tick);
  const colour = tick === 1 ? '#333' : '#ddd';
  return `<line x1="${at}" y1="${TOP - 6}" x2="${at}" y2="${height - 34}" stroke="${colour}"/>${drawText(at, height - 18, `${tick}×`, 'text-anchor="middle" fill="#555"')}`;
}

function drawBar(title: string, figure: Figure, top: number): string {
  const { estimate, goal } = figure;
  const middle = top + ROW / 2;
  const colour = isReached(figure) ? '#2e8b57' : '#d9822b';
  const [from, to] = [xOf(1), xOf(estimate.median)].toSorted((a, b) => a - b) as [number, number];
  const target = xOf('atLeast' in goal ? goal.atLeast : goal.atMost);
  return [
    drawText(LABELS - 10, middle - 4, title, 'text-anchor="end" fill="#555" font-size="11"'),
    drawText(LABELS - 10, middle + 11, figure.name, 'text-anchor="end"'),
    `<rect x="${from}" y="${top + 11}" width="${Math.max(1, to - from)}" height="${ROW - 22}" fill="${colour}"/>`,
    `<line x1="${xOf(estimate.low)}" y1="${middle}" x2="${xOf(estimate.high)}" y2="${middle}" stroke="#111" stroke-width="2"/>`,
    `<path d="M${target} ${middle - 7}l6 7l-6 7l-6 -7z" fill="#fff" stroke="#1f4e9c" stroke-width="2"><title>goal ${formatGoal(figure)}</title></path>`,
    drawText(
      WIDTH - RIGHT + 8,
      middle + 4,
      `${formatAmount(figure, estimate.median)} (${formatGoal(figure)})`,
      '',
    ),
  ].join('');
}

function xOf(ratio: number): number {
  const share = Math.log(ratio / LOWEST) / Math.log(HIGHEST / LOWEST);
  return Math.round(LABELS + Math.min(1, Math.max(0, share)) * (WIDTH - LABELS - RIGHT));
}

function drawText(left: number, top: number, content: string, attributes: string): string {
  const safe = content.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text x="${left}" y="${top}" ${attributes}>${safe}</text>`;
}
