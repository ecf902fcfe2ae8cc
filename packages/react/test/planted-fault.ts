import type { Plugin } from 'vite';

/** Replaces a part of the sources while the page is built. */
function plantedFault(text: string, replacement: string): Plugin {
  let isPlanted = false;
  return {
    name: 'planted-fault',
    enforce: 'pre',
    transform(code) {
      if (!code.includes(text)) return undefined;
      isPlanted = true;
      return code.replace(text, replacement);
    },
    buildEnd() {
      if (!isPlanted) this.error(`No source contains the text to replace: ${text}`);
    },
  };
}

/** As in Safari, where the browser does not keep what is read in its place. */
export const withoutAnchoring = (): Plugin =>
  plantedFault("overflowAnchor: 'auto'", "overflowAnchor: 'none'");

/** Leaves it to the browser to keep what is read in its place. */
export const withoutHold = (): Plugin =>
  plantedFault('else if (held) delta = topOf(held.row, scroller) - held.top();', '');

/** Keeps each window that has gone. */
export const withLeak = (): Plugin =>
  plantedFault('resized.disconnect();', 'resized.disconnect(), timeline.subscribe(() => scroller);');
