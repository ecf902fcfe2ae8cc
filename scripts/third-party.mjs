// Writes THIRD-PARTY.md: what an installation for production brings along, under which licences. The same packages as
// those of `pnpm sbom:write`, read from node_modules, because the licence texts are there. With --print to standard output.
import { existsSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const TEXT = /^(licen[cs]e|copying|notice)/i;
/** One package for each system, of which one is installed: they are listed as one. */
const OF_A_SYSTEM = /(?:darwin|linux)-[\w-]+$/;

/** Where pnpm links what a package may load: beside it, and what our own manifest names into its node_modules. */
function besides(folder) {
  if (isOurs(folder)) return join(folder, 'node_modules');
  return folder.slice(0, folder.lastIndexOf('node_modules') + 'node_modules'.length);
}

/** Every package that those of `folder` need, by its folder. Those of other systems are not there. */
function installed(folder, packages = new Map()) {
  const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = manifestOf(folder);
  const needed = { ...dependencies, ...optionalDependencies };
  const names = Object.keys({ ...needed, ...peerDependencies, ...peerDependenciesMeta });
  for (const name of names) {
    const link = join(besides(folder), name);
    // A peer that only we bring, for development, is not there in production.
    if (!existsSync(link) || (name in developed && !(name in needed))) continue;
    const found = realpathSync(link);
    if (packages.has(found)) continue;
    packages.set(found, manifestOf(found));
    installed(found, packages);
  }
  return packages;
}

/** Of this repository: the application itself, and what is in packages/. */
function isOurs(folder) {
  return !folder.includes('node_modules');
}

function manifestOf(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

function line([folder, { name, version, license }]) {
  const withText = readdirSync(folder).some((file) => TEXT.test(file));
  return {
    license,
    text: `- ${name.replace(OF_A_SYSTEM, '*')} ${version}${withText ? '' : ' (its package has no licence text)'}`,
  };
}

const { devDependencies: developed } = manifestOf(root);
const lines = [...installed(root)].filter(([folder]) => !isOurs(folder)).map(line);
const byCode = (one, other) => (one < other ? -1 : 1);
const licences = Object.entries(Object.groupBy(lines, ({ license }) => license)).toSorted(
  ([one, ones], [other, others]) => others.length - ones.length || byCode(one, other),
);
const sections = licences.map(([licence, of]) => {
  const items = new Set(of.map(({ text }) => text));
  return `## ${licence}\n\n${[...items].toSorted(byCode).join('\n')}\n`;
});
const document = `# Third-party software

What \`pnpm install --prod\` brings along, by licence, as the packages name it; the texts lie in the packages. This
repository contains none of it. Written by \`pnpm third-party\`, and compared with what is installed by a test.

${sections.join('\n')}`;

if (process.argv.includes('--print')) process.stdout.write(document);
else writeFileSync(join(root, 'THIRD-PARTY.md'), document);
