import { Logger } from '@nestjs/common';

/** One line, with what was meant; nothing of it is read. */
export function warnOfMisspelt(variables: readonly string[]): void {
  if (variables.length === 0) return;
  new Logger('Configuration').warn(`No such variables, they change nothing: ${variables.join(', ')}.`);
}
