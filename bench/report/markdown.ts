import { type Figure, type Goal, isReached } from '../workloads/workload.js';
import type { NamedResult, Report } from './report-data.js';

/** Formats the report of a run as Markdown. */
export function formatReport(report: Report): string {
  return [
    `# ${formatHeading(report)}`,
    ...formatRun(report),
    '## Goals',
    hasGoals(report) ? formatGoals(report.results) : formatComparison(report.results),
    ...report.results.map(formatSection),
    '',
  ].join('\n\n');
}

function formatHeading({ options }: Report): string {
  if (options.before !== undefined) return 'Causerie against Causerie before';
  return options.self ? 'The bare baseline against itself' : 'Causerie against the bare baseline';
}

/** Two versions of the same server are compared without goals. */
const hasGoals = ({ options }: Report): boolean => !options.self && options.before === undefined;

function formatRun({ date, options, machine }: Report): string[] {
  const packages = Object.entries(machine.packages).map(([name, version]) => `${name} ${version}`);
  const disk = machine.fdatasync === undefined ? 'not measured' : `${machine.fdatasync.toFixed(2)} ms`;
  return [
    ...(options.quick ? ['**A quick run shows that everything works; its figures mean nothing.**'] : []),
    ...(options.self ? ['Both servers are the same: on average 19 of 20 intervals should contain 1.'] : []),
    ...(options.before === undefined
      ? []
      : [
          'An interval that contains 1 shows no difference beyond the noise. One in 20 is expected to miss 1 by chance.',
        ]),
    [
      `- ${date.toISOString().slice(0, 16).replace('T', ' ')} UTC, Causerie at ${machine.commit}`,
      `- ${machine.cpu}, ${machine.cores} cores ${machine.bound ? 'shared by everything' : '(not bound)'}, ${machine.memoryGiB} GiB, ${machine.system}`,
      `- Node ${machine.node}, PostgreSQL ${machine.postgresql} (pool of ${machine.poolSize} for each server), ${packages.join(', ')}`,
      `- a durable 8 KiB write (\`fdatasync\`): ${disk}`,
      `- ${options.rounds} rounds, slices of ${options.slice} ms`,
    ].join('\n'),
  ];
}

function formatGoals(results: readonly NamedResult[]): string {
  const rows = results.flatMap(({ title, figures }) =>
    figures.map((figure) => [
      title,
      figure.name,
      formatAmount(figure, figure.estimate.median),
      formatInterval(figure),
      formatGoal(figure),
      isReached(figure) ? 'reached' : '**not reached**',
    ]),
  );
  return formatTable(['workload', 'figure', 'median', '95 % interval', 'goal', 'verdict'], rows);
}

function formatComparison(results: readonly NamedResult[]): string {
  const rows = results.flatMap(({ title, figures }) =>
    figures
      .filter(({ unit }) => unit === 'ratio')
      .map((figure) => {
        const { median, low, high } = figure.estimate;
        const verdict = low <= 1 && high >= 1 ? 'contains 1' : '**does not contain 1**';
        return [title, figure.name, formatAmount(figure, median), formatInterval(figure), verdict];
      }),
  );
  return formatTable(['workload', 'figure', 'median', '95 % interval', 'verdict'], rows);
}

/** Formats the interval, with its coverage when that is below the 95 % in the column's heading. */
function formatInterval(figure: Figure): string {
  const { low, high, coverage } = figure.estimate;
  const note = coverage < 0.95 ? ` (${Math.round(coverage * 100)} %)` : '';
  return `${formatAmount(figure, low)} – ${formatAmount(figure, high)}${note}`;
}

function formatSection({ title, name, details, violations }: NamedResult): string {
  return [
    `## ${title} (\`${name}\`)`,
    ...violations.map((line) => `**Violation: ${line}**`),
    ...formatDetails(details),
  ].join('\n\n');
}

/** Details with the same measures share a table. */
function formatDetails(details: NamedResult['details']): string[] {
  const groups = Map.groupBy(details, ({ measures }) => Object.keys(measures).join('|'));
  return [...groups.values()].map((group) =>
    formatTable(
      ['', ...Object.keys(group[0]?.measures ?? {})],
      group.map(({ of, measures }) => [of, ...Object.values(measures).map(formatNumber)]),
    ),
  );
}

export function formatGoal(figure: Figure): string {
  const { goal }: { goal: Goal } = figure;
  return 'atLeast' in goal
    ? `≥ ${formatAmount(figure, goal.atLeast)}`
    : `≤ ${formatAmount(figure, goal.atMost)}`;
}

export function formatAmount({ unit }: Pick<Figure, 'unit'>, value: number): string {
  return unit === 'ratio' ? `${value.toFixed(2)}×` : `${value.toFixed(1)} ms`;
}

/** Formats a number as a whole one, or with three significant digits. */
function formatNumber(value: number): string {
  if (Number.isNaN(value)) return '–';
  if (Number.isInteger(value) || Math.abs(value) >= 1_000) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
}

function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [formatRow(head), formatRow(head.map(() => '---')), ...rows.map(formatRow)].join('\n');
}

const formatRow = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
