/** Parses the value of an option. @throws Error that names the option when it is no whole number, or less than `least` */
export function wholeNumber(name: string, text: string, least: number): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < least)
    throw new Error(`--${name} must be a whole number from ${least}`);
  return number;
}
