/**
 * An e-mail address as it is stored, compared and counted: ASCII letters in lower case, everything else unchanged.
 * Unicode's own lower case would make several addresses equal: `İ` and `i`, the Kelvin sign and `k`.
 */
export function foldEmail(email: string): string {
  return email.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
