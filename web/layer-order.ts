import type { Plugin } from 'vite';

/** As in `src/theme/theme.css`. */
const ORDER = '@layer reset, theme, ui, screens;\n';

/**
 * Names the layers in each part of the style sheets: the order of layers is that in which they are named first, and a part that
 * several pages share is loaded before the theme.
 */
export const layerOrder = (): Plugin => ({
  name: 'layer-order',
  enforce: 'pre',
  transform: {
    filter: { id: /\.module\.css$/ },
    handler: (code) => ORDER + code,
  },
});
