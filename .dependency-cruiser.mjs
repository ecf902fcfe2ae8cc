// The layers of ARCHITECTURE.md. `$1` is the module that the importing file belongs to.
const SPEC = '\\.spec\\.ts$';
const module = (layer) => ({ path: `^src/arch/modules/([^/]+)/${layer}/`, pathNot: SPEC });
const common = (layer) => ({ path: `^src/arch/common/${layer}/`, pathNot: SPEC });
const only = (...allowed) => ({ pathNot: allowed });
/** Forbids everything except these files, Node itself, and the packages that production installs. */
const packagesAnd = (...allowed) => ({
  pathNot: allowed,
  dependencyTypesNot: ['core', 'npm', 'npm-optional'],
});
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** The modules, each with the modules that it may import. All of these precede it in the list, so there is no cycle. */
const MODULES = new Map([
  ['user', []],
  ['posts', []],
  ['auth', ['user']],
  ['chat', ['user']],
  ['presence', ['user', 'chat']],
  ['account', ['user', 'posts', 'auth', 'chat', 'presence']],
]);
const NAMES = [...MODULES.keys()];
for (const [name, others] of MODULES) {
  const lower = new Set(NAMES.slice(0, NAMES.indexOf(name)));
  if (!others.every((other) => lower.has(other)))
    throw new Error(`${name} imports a module that does not precede it.`);
}
const modulesNamed = (names) => `^src/arch/modules/(${names.join('|')})/`;

/** What our own packages export. */
const OUR_PACKAGES = '^packages/[^/]+/src/(testing/)?public-api\\.ts$';

export default {
  forbidden: [
    forbid('no-cycles', 'Imports must not form a cycle.', {}, { circular: true }),
    forbid(
      'module-domain',
      'A domain imports only itself and the common domain: no package, no Node module.',
      module('domain'),
      only('^src/arch/modules/$1/domain/', '^src/arch/common/domain/'),
    ),
    ...[...MODULES].map(([name, others]) =>
      forbid(
        'module-order',
        'A module imports only the modules that the list allows.',
        { path: modulesNamed([name]), pathNot: SPEC },
        { path: '^src/arch/modules/', pathNot: modulesNamed([name, ...others]) },
      ),
    ),
    forbid(
      'module-listed',
      'A new module must be added to the list of modules.',
      {},
      { path: '^src/arch/modules/', pathNot: modulesNamed(NAMES) },
    ),
    forbid(
      'module-application',
      'Use cases import their own domain and ports; of other modules only the published ports and the models in their signatures.',
      module('application'),
      only(
        '^src/arch/modules/$1/(domain|application)/',
        '^src/arch/common/(domain|application)/',
        '^src/arch/modules/[^/]+/application/ports/',
        '^src/arch/modules/[^/]+/domain/models/',
        'node_modules/@nestjs/(common|cqrs)/',
      ),
    ),
    forbid(
      'module-infrastructure',
      'Adapters import their own domain and ports, and common except its interface.',
      module('infrastructure'),
      packagesAnd(
        '^src/arch/modules/$1/(domain|application/ports|infrastructure)/',
        '^src/arch/common/(domain|application|infrastructure)/',
      ),
    ),
    forbid(
      'accounts-through-the-view',
      'The table of accounts belongs to the module user: all other modules read the view userProfiles.',
      {
        path: '^src/',
        pathNot: ['^src/arch/modules/user/infrastructure/', '^src/arch/common/infrastructure/database/'],
      },
      { path: '^src/arch/common/infrastructure/database/users\\.table\\.ts$' },
    ),
    forbid(
      'policies-for-use-cases',
      'Policies are applied by use cases only. Adapters contain SQL and nothing else.',
      module('infrastructure'),
      { path: '\\.policy\\.ts$' },
    ),
    forbid(
      'module-interface',
      'A transport knows commands, queries and common except its infrastructure.',
      module('interface'),
      packagesAnd(
        '^src/arch/modules/$1/(application/(commands|queries)|interface|domain/(models|events))/',
        '^src/arch/common/(domain|application|interface)/',
      ),
    ),
    forbid(
      'gateway-and-controllers-without-domain',
      'Only schemas need the bounds and shapes of models and events.',
      { path: '^src/arch/modules/([^/]+)/interface/', pathNot: ['/dto/', SPEC] },
      { path: '^src/arch/modules/$1/domain/' },
    ),
    forbid(
      'module-file',
      'A module file imports its own module, and of other modules only their module files.',
      { path: '^src/arch/modules/([^/]+)/[^/]+\\.module\\.ts$' },
      packagesAnd(
        '^src/arch/modules/$1/',
        '^src/arch/modules/[^/]+/[^/]+\\.module\\.ts$',
        '^src/arch/common/',
      ),
    ),
    forbid(
      'common-domain',
      'The common domain imports nothing else.',
      common('domain'),
      only('^src/arch/common/domain/'),
    ),
    forbid(
      'common-application',
      'Common ports import only the common domain.',
      common('application'),
      only('^src/arch/common/(domain|application)/', 'node_modules/@nestjs/(common|cqrs)/'),
    ),
    forbid(
      'common-infrastructure',
      'Common adapters import no transport and no module.',
      common('infrastructure'),
      packagesAnd('^src/arch/common/(domain|application|infrastructure)/', OUR_PACKAGES),
    ),
    forbid(
      'common-interface',
      'The common interface imports no database and no module.',
      common('interface'),
      packagesAnd('^src/arch/common/(domain|application|interface)/'),
    ),
    forbid(
      'common-file',
      'Common imports nothing but common.',
      { path: '^src/arch/common/[^/]+\\.ts$' },
      packagesAnd('^src/arch/common/'),
    ),
    forbid(
      'no-way-back-up',
      'Nothing imports the files that compose the application.',
      { path: '^src/arch/(common|modules)/' },
      { path: '^src/(arch/)?[^/]+\\.ts$' },
    ),
    forbid(
      'no-tests-in-production',
      'Production code imports no tests.',
      { path: '^src/', pathNot: SPEC },
      { path: ['^(test|bench|verify)/', '^packages/[^/]+/test/', SPEC] },
    ),
    forbid(
      'only-production-packages',
      'Production code imports only packages that `pnpm install --prod` installs.',
      { path: '^src/', pathNot: SPEC },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'package-alone',
      'A package of ours works without Causerie: it imports itself, Node, what other packages of ours export, and the packages of its manifest.',
      { path: '^packages/([^/]+)/src/' },
      { pathNot: ['^packages/$1/src/', OUR_PACKAGES, 'node_modules/'], dependencyTypesNot: ['core'] },
    ),
    forbid(
      'packages-for-browsers',
      'Browsers have no modules of Node.',
      { path: '^packages/(client|react)/src/', pathNot: SPEC },
      { dependencyTypes: ['core'] },
    ),
    forbid(
      'no-test-server-in-production',
      'What `@causerie/client/testing` exports is no part of the client.',
      { path: '^packages/client/src/', pathNot: '^packages/client/src/testing/' },
      { path: '^packages/client/src/testing/' },
    ),
    forbid(
      'package-by-its-name',
      'Packages are imported by their names only: what a package does not export may change.',
      { path: '^(src|test|bench|verify)/' },
      { path: '^packages/[^/]+/', pathNot: [OUR_PACKAGES] },
    ),
    forbid(
      'resolvable',
      'Every import must be resolvable, but for what the build makes.',
      {},
      { couldNotResolve: true, pathNot: '^virtual:' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^dist/', '^packages/embedded-postgres/dist/', '^test/generated-clients/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
