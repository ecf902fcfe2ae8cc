// Writes the reference of the packages for clients into dist/reference, from the comments of what they export, and fails when
// something exported has no comment. With --check nothing is written.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const PACKAGES = ['client', 'react'];

// TypeDoc calls the compiler as a library, which TypeScript 7 is not.
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'typescript'
      ? next('typescript-6', { ...context, parentURL: import.meta.url })
      : next(specifier, context),
});
const { Application, ReflectionKind } = await import('typedoc');

/** The sources of what a package exports, each under a name of its own. */
function entryPointsOf(folder) {
  const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return Object.values(exports).map((file) => join(folder, file));
}

/** The types of the contract: their fields have the descriptions of the server's schemas, where they need one. */
const isGenerated = (project, exported) =>
  project.getSymbolIdFromReflection(exported)?.fileName.endsWith('/contract.ts') ?? false;

/** The members of interfaces and classes; those of others are documented there. */
const membersOf = ({ children = [] }) => children.filter(({ inheritedFrom }) => inheritedFrom === undefined);

function hasComment(declared) {
  const signatures = [...(declared.signatures ?? []), declared.getSignature].filter(Boolean);
  return [declared, ...signatures].some((one) => one.hasComment());
}

/** What each entry point exports: several are modules of the project. */
const modulesOf = ({ children = [] }) =>
  children.every(({ kind }) => kind === ReflectionKind.Module) ? children : [{ children }];

/** What is exported without a comment, and members of it. */
function namesWithoutComment(project) {
  const exported = modulesOf(project)
    .flatMap(({ children = [] }) => children)
    .filter(({ kind }) => kind !== ReflectionKind.Reference);
  const members = exported.flatMap((one) => (isGenerated(project, one) ? [] : membersOf(one)));
  return [...exported, ...members]
    .filter((declared) => !hasComment(declared))
    .map((declared) => declared.getFullName());
}

/** @returns whether everything has a comment, and every link a target */
async function writeReference(name, isCheck) {
  const folder = join(root, 'packages', name);
  const app = await Application.bootstrapWithPlugins({
    name: `@causerie/${name}`,
    entryPoints: entryPointsOf(folder),
    tsconfig: join(folder, 'tsconfig.json'),
    plugin: ['typedoc-plugin-markdown'],
    out: join(root, 'dist/reference', name),
    readme: 'none',
    disableSources: true,
    excludeExternals: true,
    hideBreadcrumbs: true,
    // `pnpm lint` finds errors of types.
    skipErrorChecking: true,
    logLevel: 'Warn',
    validation: { notExported: true, invalidLink: true },
  });
  const project = await app.convert();
  if (!project) return false;
  app.validate(project);
  for (const undocumented of namesWithoutComment(project)) {
    app.logger.error(`@causerie/${name}: ${undocumented} has no comment.`);
  }
  if (!isCheck) await app.generateOutputs(project);
  return !app.logger.hasErrors() && !app.logger.hasWarnings();
}

const isCheck = process.argv.includes('--check');
for (const name of PACKAGES) {
  if (!(await writeReference(name, isCheck))) process.exitCode = 1;
}
