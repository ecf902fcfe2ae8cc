import { resolve } from 'node:path';
import { build, type Rolldown } from 'vite';

/** The script of a page that has `client.openClient`, as a bundler makes it. */
export async function bundlePage(): Promise<string> {
  const outputs = await build({
    configFile: false,
    root: import.meta.dirname,
    logLevel: 'silent',
    build: {
      write: false,
      lib: { entry: resolve(import.meta.dirname, 'page.ts'), formats: ['iife'], name: 'client' },
    },
  });
  const [bundle] = outputs as Rolldown.RolldownOutput[];
  return bundle?.output[0].code ?? '';
}
