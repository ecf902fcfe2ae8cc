/** The files that a page names: its scripts and style sheets, and those that its scripts ask for at once. */
const linked = (page) =>
  [...page.matchAll(/(?:src|href)="\/assets\/([^"]+\.(?:js|css))"/g)].map(([, name]) => name);
const isPart = (part) => (name) => name.startsWith(`${part}-`);
const ofType = (names, type) => names.filter((name) => name.endsWith(type));
const isText = (name) => /^(?:en|fr)-/.test(name);

/**
 * What a browser loads of the web client, in bytes.
 * @param page the HTML
 * @param files the names of all scripts and style sheets
 * @param sizeOf the compressed size of one of them
 */
export function measureWeb(page, files, sizeOf) {
  const first = linked(page);
  const total = (names) => names.reduce((sum, name) => sum + sizeOf(name), 0);
  const largest = (names) => Math.max(0, ...names.map(sizeOf));
  const later = files.filter((name) => !first.includes(name) && !isText(name));
  const others = later.filter((name) => !isPart('message-menu')(name) && !isPart('emoji-popover')(name));
  return {
    // The page itself, and the texts of one language.
    requests: 1 + first.length + 1,
    scripts: total(ofType(first, '.js')) + largest(files.filter(isText)),
    styles: total(ofType(first, '.css')),
    menu: total(ofType(later.filter(isPart('message-menu')), '.js')),
    emoji: total(ofType(later.filter(isPart('emoji-popover')), '.js')),
    other: largest(ofType(others, '.js')),
  };
}

const bytes = (name, value, limit) => ({ name, value, limit, unit: 'B' });

/** The rows of the table. The limits are a little above the budgets of docs/web.md. */
export function webRows({ requests, scripts, styles, menu, emoji, other }) {
  return [
    { name: 'files of the first load', value: requests, limit: 6, unit: '' },
    bytes('scripts of the first load', scripts, 150_000),
    bytes('styles of the first load', styles, 15_000),
    bytes('the menu of a message', menu, 50_000),
    bytes('the emoji, without their data', emoji, 12_000),
    bytes('the largest other part', other, 12_000),
  ];
}
