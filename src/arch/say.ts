/** A line of a command's own to whoever called it; a server has its log. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
