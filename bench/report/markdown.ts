import { type Figure, type Goal, isReached } from '../workloads/workload.js';
import type { NamedResult, Report } from './report-data.js';

/** The run as one page. */
export function markdown(report: Report): string {
  return [
    `# ${heading(report)}`,
    ...runLines(report),
    '## Goals',
    hasGoals(report) ? goalTable(report.results) : equalityTable(report.results),
    ...report.results.map(section),
    '',
  ].join('\n\n');
}

function heading({ options }: Report): string {
  if (options.before !== undefined) return 'Causerie against Causerie before';
  return options.self ? 'The bare baseline against itself' : 'Causerie against the bare baseline';
}

/** Two that ought to be the same have none. */
const hasGoals = ({ options }: Report): boolean => !options.self && options.before === undefined;

function runLines({ date, options, machine }: Report): string[] {
  const packages = Object.entries(machine.packages).map(([name, version]) => `${name} ${version}`);
  const disk = machine.fdatasync === undefined ? 'not measured' : `${machine.fdatasync.toFixed(2)} ms`;
  return [
    ...(options.quick ? ['**A quick run: it shows that everything works, its figures mean nothing.**'] : []),
    ...(options.self
      ? ['Two servers that are the same: each interval should hold 1, but for one in twenty.']
      : []),
    ...(options.before === undefined
      ? []
      : ['An interval that holds 1 shows no difference beyond the noise, but for one in twenty.']),
    [
      `- ${date.toISOString().slice(0, 16).replace('T', ' ')} UTC, Causerie at ${machine.commit}`,
      `- ${machine.cpu}, ${machine.cores} cores ${machine.bound ? 'of it for everything together' : '(not bound)'}, ${machine.memoryGiB} GiB, ${machine.system}`,
      `- Node ${machine.node}, PostgreSQL ${machine.postgresql} (pool of ${machine.poolSize} for each server), ${packages.join(', ')}`,
      `- a durable 8 KiB write (\`fdatasync\`): ${disk}`,
      `- ${options.rounds} rounds, slices of ${options.slice} ms`,
    ].join('\n'),
  ];
}

function goalTable(results: readonly NamedResult[]): string {
  const rows = results.flatMap(({ title, figures }) =>
    figures.map((figure) => [
      title,
      figure.name,
      amount(figure, figure.estimate.median),
      interval(figure),
      goalText(figure),
      isReached(figure) ? 'reached' : '**not reached**',
    ]),
  );
  return table(['workload', 'figure', 'median', '95 % interval', 'goal', 'verdict'], rows);
}

function equalityTable(results: readonly NamedResult[]): string {
  const rows = results.flatMap(({ title, figures }) =>
    figures
      .filter(({ unit }) => unit === 'ratio')
      .map((figure) => {
        const { median, low, high } = figure.estimate;
        const holds = low <= 1 && high >= 1 ? 'holds 1' : '**does not hold 1**';
        return [title, figure.name, amount(figure, median), interval(figure), holds];
      }),
  );
  return table(['workload', 'figure', 'median', '95 % interval', 'verdict'], rows);
}

/** With what it is worth, when that is less than the column says. */
function interval(figure: Figure): string {
  const { low, high, coverage } = figure.estimate;
  const worth = coverage < 0.95 ? ` (${Math.round(coverage * 100)} %)` : '';
  return `${amount(figure, low)} – ${amount(figure, high)}${worth}`;
}

function section({ title, name, details, violations }: NamedResult): string {
  return [
    `## ${title} (\`${name}\`)`,
    ...violations.map((line) => `**Violation: ${line}**`),
    ...detailTables(details),
  ].join('\n\n');
}

/** Rows that measure the same things share a table. */
function detailTables(details: NamedResult['details']): string[] {
  const groups = Map.groupBy(details, ({ measures }) => Object.keys(measures).join('|'));
  return [...groups.values()].map((group) =>
    table(
      ['', ...Object.keys(group[0]?.measures ?? {})],
      group.map(({ of, measures }) => [of, ...Object.values(measures).map(number)]),
    ),
  );
}

export function goalText(figure: Figure): string {
  const { goal }: { goal: Goal } = figure;
  return 'atLeast' in goal ? `≥ ${amount(figure, goal.atLeast)}` : `≤ ${amount(figure, goal.atMost)}`;
}

export function amount({ unit }: Pick<Figure, 'unit'>, value: number): string {
  return unit === 'ratio' ? `${value.toFixed(2)}×` : `${value.toFixed(1)} ms`;
}

/** Three digits that count, or a whole number. */
function number(value: number): string {
  if (Number.isNaN(value)) return '–';
  if (Number.isInteger(value) || Math.abs(value) >= 1_000) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
