import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { createServer, type InlineConfig, type Plugin } from 'vite';

export interface EditedPage {
  readonly url: string;
  /** Changes a file, as it is served, as an editor that saves it does. @param file path in the folder of the page */
  edit(file: string, change: (text: string) => string): Promise<void>;
  close(): Promise<void>;
}

/** Serves the page of a folder as it is while it is developed: modules that are edited are replaced in the open page. */
export async function serveEditedPage(
  root: string,
  config: InlineConfig = { configFile: false, plugins: [react()] },
): Promise<EditedPage> {
  const texts = new Map<string, string>();
  const edited: Plugin = { name: 'edited', enforce: 'pre', load: (id) => texts.get(id) };
  const cacheDir = mkdtempSync(join(tmpdir(), 'vite-'));
  const server = await createServer({
    ...config,
    root,
    // A server that is not there is part of a test.
    logLevel: 'silent',
    cacheDir,
    plugins: [edited, ...(config.plugins ?? [])],
    server: { host: '127.0.0.1', port: 0, watch: null },
  });
  await server.listen();
  return {
    url: server.resolvedUrls?.local[0] ?? '',
    async edit(file, change) {
      const path = join(root, file);
      texts.set(path, change(texts.get(path) ?? readFileSync(path, 'utf8')));
      for (const module of server.moduleGraph.getModulesByFile(path) ?? []) await server.reloadModule(module);
    },
    async close() {
      await server.close();
      rmSync(cacheDir, { recursive: true, force: true });
    },
  };
}
