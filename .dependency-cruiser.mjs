// The layers of ARCHITECTURE.md. `$1` is the module that the importing file belongs to.
const SPEC = '\\.spec\\.ts$';
const module = (layer) => ({ path: `^src/arch/modules/([^/]+)/${layer}/`, pathNot: SPEC });
const common = (layer) => ({ path: `^src/arch/common/${layer}/`, pathNot: SPEC });
const only = (...allowed) => ({ pathNot: allowed });
/** Besides these: Node itself, and the packages that production installs. */
const packagesAnd = (...allowed) => ({
  pathNot: allowed,
  dependencyTypesNot: ['core', 'npm', 'npm-optional'],
});
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** The modules from the lowest up, each with those that it may import: all of them stand before it, so there is no cycle. */
const MODULES = new Map([
  ['user', []],
  ['posts', []],
  ['auth', ['user']],
  ['chat', ['user']],
  ['account', ['user', 'posts', 'auth', 'chat']],
]);
const NAMES = [...MODULES.keys()];
for (const [name, others] of MODULES) {
  const lower = new Set(NAMES.slice(0, NAMES.indexOf(name)));
  if (!others.every((other) => lower.has(other))) throw new Error(`${name} imports what stands above it.`);
}
const modulesNamed = (names) => `^src/arch/modules/(${names.join('|')})/`;

/** What our own packages export. */
const OUR_PACKAGES = '^packages/[^/]+/src/public-api\\.ts$';

export default {
  forbidden: [
    forbid('no-cycles', 'A cycle has no first piece to read.', {}, { circular: true }),
    forbid(
      'module-domain',
      'A domain knows itself and the common domain: no package, no Node module.',
      module('domain'),
      only('^src/arch/modules/$1/domain/', '^src/arch/common/domain/'),
    ),
    ...[...MODULES].map(([name, others]) =>
      forbid(
        'module-order',
        'Modules are an acyclic list.',
        { path: modulesNamed([name]), pathNot: SPEC },
        { path: '^src/arch/modules/', pathNot: modulesNamed([name, ...others]) },
      ),
    ),
    forbid(
      'module-listed',
      'A new module takes its place in the list of modules.',
      {},
      { path: '^src/arch/modules/', pathNot: modulesNamed(NAMES) },
    ),
    forbid(
      'module-application',
      'Use cases know their own domain and ports; of other modules the published ports and the models that these speak.',
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
      'Adapters know their own domain and ports, and common except its interface.',
      module('infrastructure'),
      packagesAnd(
        '^src/arch/modules/$1/(domain|application/ports|infrastructure)/',
        '^src/arch/common/(domain|application|infrastructure)/',
      ),
    ),
    forbid(
      'accounts-through-the-view',
      'The table of accounts is the module user’s: all others read the view userProfiles.',
      {
        path: '^src/',
        pathNot: ['^src/arch/modules/user/infrastructure/', '^src/arch/common/infrastructure/database/'],
      },
      { path: '^src/arch/common/infrastructure/database/users\\.table\\.ts$' },
    ),
    forbid(
      'policies-for-use-cases',
      'A rule is decided in one place: the use case. Adapters hold SQL and nothing else.',
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
      'A module wires its own pieces and imports other modules as a whole.',
      { path: '^src/arch/modules/([^/]+)/[^/]+\\.module\\.ts$' },
      packagesAnd(
        '^src/arch/modules/$1/',
        '^src/arch/modules/[^/]+/[^/]+\\.module\\.ts$',
        '^src/arch/common/',
      ),
    ),
    forbid(
      'common-domain',
      'The common domain knows nothing else.',
      common('domain'),
      only('^src/arch/common/domain/'),
    ),
    forbid(
      'common-application',
      'Common ports know the common domain.',
      common('application'),
      only('^src/arch/common/(domain|application)/', 'node_modules/@nestjs/(common|cqrs)/'),
    ),
    forbid(
      'common-infrastructure',
      'Common adapters know no transport and no module.',
      common('infrastructure'),
      packagesAnd('^src/arch/common/(domain|application|infrastructure)/', OUR_PACKAGES),
    ),
    forbid(
      'common-interface',
      'Common transport parts know no database and no module.',
      common('interface'),
      packagesAnd('^src/arch/common/(domain|application|interface)/'),
    ),
    forbid(
      'common-file',
      'Common stands on nothing above it.',
      { path: '^src/arch/common/[^/]+\\.ts$' },
      packagesAnd('^src/arch/common/'),
    ),
    forbid(
      'no-way-back-up',
      'Nothing imports what puts the application together.',
      { path: '^src/arch/(common|modules)/' },
      { path: '^src/(arch/)?[^/]+\\.ts$' },
    ),
    forbid(
      'no-tests-in-production',
      'Production code stands without its tests.',
      { path: '^src/', pathNot: SPEC },
      { path: ['^(test|bench|verify)/', '^packages/[^/]+/test/', SPEC] },
    ),
    forbid(
      'only-production-packages',
      'What production runs must be there after `pnpm install --prod`.',
      { path: '^src/', pathNot: SPEC },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'package-alone',
      'A package of ours is of use without Causerie: it knows itself, Node, and the packages that it names.',
      { path: '^packages/([^/]+)/src/' },
      { pathNot: ['^packages/$1/src/', 'node_modules/'], dependencyTypesNot: ['core'] },
    ),
    forbid(
      'package-by-its-name',
      'What a package does not export may change.',
      { path: '^(src|test|bench|verify)/' },
      { path: '^packages/[^/]+/', pathNot: [OUR_PACKAGES] },
    ),
    forbid('resolvable', 'Every import leads somewhere.', {}, { couldNotResolve: true }),
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
