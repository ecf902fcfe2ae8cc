import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
/** The name and the result type of each function and method whose head has both. */
const HEAD =
  /(?:function|^ {2}(?:(?:private|static|async|abstract) )*) ?(\w+)\([^{;]*?\): ([\w<>]+)(?: \{|;)/gm;
/** Names that read as a question; a function with such a name that returns nothing must throw. */
const QUESTION = /^(?:can|may|must|is|has)[A-Z]|Must[A-Z]/;
/** The course uses this name. */
const NAMED_BY_THE_COURSE = ['canAccessConversation'];

function misnamedIn(text: string): string[] {
  return [...text.matchAll(HEAD)].flatMap(([, name = '', result = '']) =>
    QUESTION.test(name) && /^(?:void|Promise<void>)$/.test(result) ? [name] : [],
  );
}

it('a function that throws has `require` in its name: no function without a result is named like a question', () => {
  const files = globSync('src/**/*.ts', { cwd: ROOT });
  expect(files.flatMap((file) => misnamedIn(readFileSync(resolve(ROOT, file), 'utf8')))).toEqual(
    NAMED_BY_THE_COURSE,
  );
});

it.each([
  'export function canAddMember(role: Role | null): void {\n}',
  'export async function conversationMustExist(\n  id: string,\n  index: Index,\n): Promise<void> {\n}',
  'class A {\n  private async isOwner(id: string): Promise<void> {\n  }\n}',
  'abstract class A {\n  abstract mustExist(id: string): Promise<void>;\n}',
])('finds %j', (text) => expect(misnamedIn(text)).toHaveLength(1));

it.each([
  'function requireUser(id: string): void {\n}',
  'function isMember(id: string): boolean {\n}',
  'class A {\n  async hasRoom(): Promise<boolean> {\n  }\n}',
])('leaves %j alone', (text) => expect(misnamedIn(text)).toEqual([]));
