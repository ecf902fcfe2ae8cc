import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build, type Plugin } from 'vite';

/** What a page needs at least: no inline script and no inline style. */
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:";
const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript',
  css: 'text/css',
};

export interface BuiltPage {
  readonly url: string;
  close(): void;
}

export interface BuildOptions {
  readonly mode?: 'production' | 'development';
  readonly plugins?: Plugin[];
}

/** Builds the page of a folder in memory, and serves it under a strict content security policy. */
export async function serveBuiltPage(
  root: string,
  { mode = 'production', plugins = [] }: BuildOptions = {},
): Promise<BuiltPage> {
  const result = await build({
    root,
    mode,
    configFile: false,
    logLevel: 'error',
    plugins,
    oxc: { jsx: { runtime: 'automatic', development: mode === 'development' } },
    define: { 'process.env.NODE_ENV': JSON.stringify(mode) },
    build: { write: false, modulePreload: { polyfill: false } },
  });
  if (!('output' in result)) throw new Error('The page has several outputs.');
  const files = new Map(
    result.output.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source]),
  );
  const server = createServer((request, response) => {
    const path = request.url === '/' ? '/index.html' : (request.url ?? '');
    const file = files.get(path);
    const type = TYPES[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
    response.writeHead(file === undefined ? 404 : 200, {
      'content-type': type,
      'content-security-policy': POLICY,
    });
    response.end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}
