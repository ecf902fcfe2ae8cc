import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const NAME = 'virtual:emoji-data';
const LANGUAGES = ['en', 'fr'];
const FILES = ['data.json', 'messages.json'];

/**
 * Puts the names of emoji (of `emojibase-data`, without what the picker does not use) into the assets, in a folder that changes with their content; the module `virtual:emoji-data` is
 * its address. The picker would load them from another origin.
 */
export function emojiData(): Plugin {
  const files = LANGUAGES.flatMap((language) =>
    FILES.map((file) => {
      const name = `${language}/${file}`;
      return { name, source: readFileSync(join(import.meta.dirname, 'emoji', name)) };
    }),
  );
  const hash = createHash('sha256');
  for (const { source } of files) hash.update(source);
  const folder = `assets/emoji-${hash.digest('hex').slice(0, 8)}`;
  return {
    name: 'emoji-data',
    resolveId: (id) => (id === NAME ? NAME : undefined),
    load: (id) => (id === NAME ? `export default '/${folder}';` : undefined),
    generateBundle() {
      for (const { name, source } of files)
        this.emitFile({ type: 'asset', fileName: `${folder}/${name}`, source });
    },
  };
}
