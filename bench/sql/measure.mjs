import { readFileSync } from 'node:fs';

/** CPU seconds of a PostgreSQL process, from /proc in ticks of 10 ms; NaN on a system without /proc. */
export function cpuSeconds(pid) {
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

export function printTable(title, rows) {
  const columns = Object.keys(rows[0]);
  const table = [columns, columns.map(() => '---'), ...rows.map((row) => columns.map((name) => row[name]))];
  const lines = table.map((cells) => `| ${cells.join(' | ')} |`);
  process.stdout.write(`\n${title}\n\n${lines.join('\n')}\n`);
}
