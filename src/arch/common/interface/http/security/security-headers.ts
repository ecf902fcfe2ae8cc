import { HOME_STYLE } from '../pages/home-page.js';

const LOCKED = "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** An answer is data: a browser that shows it as a page must neither run nor load anything. */
const DATA_POLICY = `default-src 'none'; ${LOCKED}`;

/** Swagger UI: its own files, the inline styles of its page, images in data URLs, and calls of this API. */
const DOCS_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  LOCKED,
].join('; ');

/** The page at `/`: its own style. */
const HOME_POLICY = `default-src 'none'; style-src ${HOME_STYLE}; ${LOCKED}`;

const HEADERS = {
  'content-security-policy': DATA_POLICY,
  // Browsers apply it over TLS only. Other hosts of the domain are not for this server to decide about.
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'x-dns-prefetch-control': 'off',
  'x-permitted-cross-domain-policies': 'none',
  'cache-control': 'no-store',
};

type SecurityHeaders = Map<string, string>;

const ofData: SecurityHeaders = new Map(Object.entries(HEADERS));
const ofDocs: SecurityHeaders = new Map([...ofData, ['content-security-policy', DOCS_POLICY]]);
const ofHome: SecurityHeaders = new Map([...ofData, ['content-security-policy', HOME_POLICY]]);
/** Images that pages of other origins may show: the URL is the only protection. */
const ofUploads: SecurityHeaders = new Map([...ofData, ['cross-origin-resource-policy', 'cross-origin']]);

/** Headers of an answer unless its route sets others: helmet's headers, and no caching. */
export function securityHeaders(url: string): SecurityHeaders {
  if (/^\/api\/docs(?:[/?]|$)/.test(url)) return ofDocs;
  if (url === '/' || url.startsWith('/?')) return ofHome;
  return url.startsWith('/uploads/') ? ofUploads : ofData;
}
