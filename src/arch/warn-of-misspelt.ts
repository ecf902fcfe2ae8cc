import { Logger } from '@nestjs/common';

/** Logs one line with the likely names; the misspelt variables are ignored. */
export function warnOfMisspelt(variables: readonly string[]): void {
  if (variables.length === 0) return;
  new Logger('Configuration').warn(`No such variables, they change nothing: ${variables.join(', ')}.`);
}
