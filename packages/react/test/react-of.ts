import type { Plugin } from 'vite';

/** Builds a page with a version of React; 19 is the one that is installed by its name. */
export const reactOf = (version: 18 | 19): Plugin => ({
  name: `react-${version}`,
  config: () =>
    version === 19
      ? {}
      : {
          resolve: {
            alias: [{ find: /^(react|react-dom)(?=\/|$)/, replacement: `$1-${version}` }],
          },
        },
});
