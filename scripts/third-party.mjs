// Writes THIRD-PARTY.md: the packages of an installation for production and their licences. The packages are those of
// `pnpm sbom:write`; they are read from node_modules, where the licence texts are. --print writes to standard output.
import { existsSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const TEXT = /^(licen[cs]e|copying|notice)/i;
/** The end of the name of a package that exists once for each system. One of them is installed, and they are listed as one. */
const OF_A_SYSTEM = /(?:darwin|linux)-[\w-]+$/;

/** The folder in which pnpm links the dependencies of a package: beside it, or the node_modules of a package of ours. */
function modulesOf(folder) {
  if (isOurs(folder)) return join(folder, 'node_modules');
  return folder.slice(0, folder.lastIndexOf('node_modules') + 'node_modules'.length);
}

/** All direct and indirect dependencies of the package in `folder`, by their folders, without those of other systems. */
function installed(folder, packages = new Map()) {
  const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = manifestOf(folder);
  const needed = { ...dependencies, ...optionalDependencies };
  const names = Object.keys({ ...needed, ...peerDependencies, ...peerDependenciesMeta });
  for (const name of names) {
    const link = join(modulesOf(folder), name);
    // A peer dependency that is only one of our development dependencies is not installed in production.
    if (!existsSync(link) || (name in developed && !(name in needed))) continue;
    const found = realpathSync(link);
    if (packages.has(found)) continue;
    packages.set(found, manifestOf(found));
    installed(found, packages);
  }
  return packages;
}

/** Whether the folder belongs to this repository: the application itself, or a package in packages/. */
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

The packages that \`pnpm install --prod\` installs, by the licence that they name; the texts of the licences are in the packages.
This repository contains none of them. \`pnpm third-party\` writes this file, and a test compares it with what is installed.

${sections.join('\n')}`;

if (process.argv.includes('--print')) process.stdout.write(document);
else writeFileSync(join(root, 'THIRD-PARTY.md'), document);
