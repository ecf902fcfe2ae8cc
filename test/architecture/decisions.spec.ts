import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const FOLDER = 'docs/adr';
const decisions = readdirSync(FOLDER);

it('every decision has a number of its own, without gaps, which its title repeats', () => {
  const numbers = decisions.map((file) => Number(file.slice(0, 4)));
  expect(numbers).toEqual(decisions.map((_, index) => index + 1));
  const titles = decisions.map((file) =>
    Number.parseInt(readFileSync(`${FOLDER}/${file}`, 'utf8').slice(2), 10),
  );
  expect(titles).toEqual(numbers);
});
