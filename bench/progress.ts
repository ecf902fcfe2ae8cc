/** Writes a line of progress to standard error; standard output is for the report. */
export function progress(line: string): void {
  process.stderr.write(`${line}\n`);
}
