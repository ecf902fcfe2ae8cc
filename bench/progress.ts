/** One line for whoever watches; standard output is left to the result. */
export function progress(line: string): void {
  process.stderr.write(`${line}\n`);
}
