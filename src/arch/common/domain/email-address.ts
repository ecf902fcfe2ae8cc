/**
 * An e-mail address as it is stored, compared and counted: ASCII letters in lower case, everything else byte for byte.
 * Unicode's own lower case would make one address of several: `İ` of `i`, the Kelvin sign of `k`.
 */
export function foldEmail(email: string): string {
  return email.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
