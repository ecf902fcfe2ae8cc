import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { emojiData } from './emoji-data.ts';
import { firstLoad } from './first-load.ts';
import { layerOrder } from './layer-order.ts';

export default defineConfig({
  // The client uses websockets and requests alone.
  resolve: {
    alias: [
      {
        find: /^\.\/webtransport\.js$/,
        replacement: fileURLToPath(new URL('no-web-transport.ts', import.meta.url)),
      },
    ],
  },
  plugins: [emojiData(), layerOrder()],
  build: {
    target: 'es2022',
    // The content security policy admits no data: addresses but those of pictures.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    emptyOutDir: true,
    license: { fileName: 'licenses.txt' },
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: firstLoad() }] } } },
  },
  css: { modules: { localsConvention: 'camelCaseOnly' } },
  oxc: { jsx: { runtime: 'automatic' } },
});
