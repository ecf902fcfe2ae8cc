import { readFileSync } from 'node:fs';

/** Seconds of processor time of a PostgreSQL process, where /proc shows it (ticks of 10 ms). */
export function cpu(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return Number.NaN;
  }
}

export function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

export function print(title, rows) {
  const columns = Object.keys(rows[0]);
  const table = [columns, columns.map(() => '---'), ...rows.map((row) => columns.map((name) => row[name]))];
  const lines = table.map((cells) => `| ${cells.join(' | ')} |`);
  process.stdout.write(`\n${title}\n\n${lines.join('\n')}\n`);
}
