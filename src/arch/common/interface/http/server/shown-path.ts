/**
 * What follows is a secret that lets whoever knows it act: the token of an invite, for the API and for the
 * page of the web client. Wherever a path shows it, in other
 * letters, with more slashes, or below another path, it may have been meant so.
 */
const BEFORE_SECRET = /(?:chat\/+invites|(?:^|\/)i)\/+(?=.)/i;
/** The part of such a route behind the secret. */
const BEHIND_SECRET = /\/join\/*$/;

/**
 * The path as logs and errors show it: without the query, and without a secret, whether or not there is such a route.
 * @param url the requested address, as it was sent
 */
export function shownPath(url: string): string {
  const path = url.split(/[?#]/, 1)[0] ?? '';
  // Most paths: nothing to decode, nothing to hide.
  if (!/invites|\/i\/|%/i.test(path)) return path;
  const decoded = decodeAscii(path);
  const before = BEFORE_SECRET.exec(decoded);
  if (!before) return path;
  const rest = BEHIND_SECRET.test(decoded) ? '/join' : '';
  return `${decoded.slice(0, before.index)}${before[0]}:token${rest}`;
}

/** Decodes what a router decodes of letters and slashes, and never fails. */
function decodeAscii(path: string): string {
  return path.replace(/%([2-7][0-9a-f])/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
