/** Prints a line of a command; a server uses its log instead. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
