/**
 * What the web client may do: it runs and loads its own files, and calls its own server. `require-trusted-types-for` makes the
 * browser refuse every text that would become HTML or a script.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/**
 * The headers of the web client's page.
 * @param ancestors origins whose pages may show it in a frame
 */
export function webHeaders(ancestors: readonly string[]): Readonly<Record<string, string>> {
  const frames = ancestors.length === 0 ? "'none'" : ancestors.join(' ');
  return { 'content-security-policy': `${POLICY}; frame-ancestors ${frames}` };
}
