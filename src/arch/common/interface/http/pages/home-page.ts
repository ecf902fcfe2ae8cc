import { createHash } from 'node:crypto';
import { ERRORS_PAGE, REALTIME_PAGE, SOCKET_PAGE } from './serve-pages.js';

export interface HomeLinks {
  /** Whether the pages of the API are served. */
  readonly docs: boolean;
  /** The server's address for the checkout's examples; undefined where there is no checkout beside it. */
  readonly address: string | undefined;
}

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.6 system-ui, sans-serif; }
body { max-width: 40rem; margin: 0 auto; padding: 3rem 1.25rem; }
h1 { margin: 0; font-size: 2rem; }
h2 { margin: 2rem 0 0.5rem; font-size: 1.1rem; }
ul { padding-left: 1.25rem; }
pre { padding: 0.75rem 1rem; overflow-x: auto; border: 1px solid #8886; border-radius: 0.5rem; }
code { font: 0.9rem/1.6 ui-monospace, monospace; }
`;

/** The page runs and loads nothing; its own style is the only exception. */
export const HOME_STYLE = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;

/** The page at `/` until there is a web client: links to the documentation. */
export function homePage({ docs, address }: HomeLinks): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Causerie</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Causerie</h1>
<p>A chat server is running here: conversations, members and messages over REST, and live over Socket.IO
(namespace <code>/chat</code>).</p>
${docs ? DOCS : ''}${address === undefined ? '' : examples(address)}<h2>Is it well?</h2>
<ul>
<li><a href="/health">/health</a>: the process answers</li>
<li><a href="/health/ready">/health/ready</a>: it serves, its database included</li>
</ul>
</body>
</html>
`;
}

const DOCS = `<h2>The API</h2>
<ul>
<li><a href="/api/docs">Its pages</a>, to read and to try out</li>
<li><a href="${SOCKET_PAGE}">What goes over the socket</a>, <a href="${REALTIME_PAGE}">how a client uses it</a>, and
<a href="${ERRORS_PAGE}">what errors mean</a></li>
<li><a href="/api/docs-json">Its description</a> (OpenAPI 3.1), for generators of clients</li>
</ul>
`;

function examples(address: string): string {
  const url = address === 'http://localhost:3000' ? '' : `CAUSERIE_URL=${address} `;
  return `<h2>Chat from two terminals</h2>
<pre><code>${url}node examples/listen.mjs   # first terminal: User One listens
${url}node examples/send.mjs     # second terminal: User Two writes, line by line</code></pre>
`;
}
