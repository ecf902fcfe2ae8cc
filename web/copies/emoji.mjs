// What the emoji picker needs of the names of emoji: their package has thirty languages, and more of each emoji.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);
const LANGUAGES = ['en', 'fr'];

const read = (name) => JSON.parse(readFileSync(resolve(`emojibase-data/${name}`), 'utf8'));

const keptOf = ({ emoji, label, group, subgroup, version, tags, skins }) => ({
  emoji,
  label,
  group,
  subgroup,
  version,
  tags,
  skins: skins?.map((skin) => ({ emoji: skin.emoji, tone: skin.tone })),
});

/** One entry a line, so that a new version shows what has changed. */
const printList = (list) => `[\n${list.map((entry) => JSON.stringify(entry)).join(',\n')}\n]\n`;

/** The text of each file, with its path from web/. */
export const copyEmoji = () =>
  LANGUAGES.flatMap((language) => [
    [`emoji/${language}/data.json`, printList(read(`${language}/data.json`).map(keptOf))],
    [`emoji/${language}/messages.json`, `${JSON.stringify(read(`${language}/messages.json`))}\n`],
  ]);
