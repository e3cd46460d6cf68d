/** What each folder of src/private may use, as CONTRIBUTING.md shows it. Types count as well. */
const FOLDERS = {
  refusals: [],
  kubernetes: ['refusals'],
  clouds: [],
  settings: ['refusals', 'kubernetes', 'clouds'],
  objects: ['refusals', 'kubernetes', 'settings'],
  checks: ['refusals', 'kubernetes', 'settings'],
};

/** The same for cli/src. Its entry points, index.ts and main.ts, may use all of them. */
const CLI_FOLDERS = {
  shared: [],
  drawing: ['shared'],
  check: ['shared', 'drawing'],
  probe: ['shared', 'drawing'],
  commands: ['shared', 'drawing', 'check', 'probe'],
  cdk8s: ['shared', 'check'],
};

/** Forbids what the folders below a root do not list, and files outside of them. */
const onlyListed = (root, folders, entryPoints = []) => [
  ...Object.entries(folders).map(([folder, used]) => ({
    name: `what-${root}${folder}-may-use`,
    severity: 'error',
    from: { path: `^${root}${folder}/` },
    to: { path: `^${root}`, pathNot: `^${root}(${[folder, ...used].join('|')})/` },
  })),
  {
    name: `folders-of-${root}`,
    comment: 'Each file is in one of the folders.',
    severity: 'error',
    from: {},
    to: {
      path: `^${root}`,
      pathNot: `^${root}(${[...Object.keys(folders).map((folder) => `${folder}/`), ...entryPoints].join('|')})`,
    },
  },
];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...onlyListed('src/private/', FOLDERS),
    ...onlyListed('cli/src/', CLI_FOLDERS, ['index\\.ts$', 'main\\.ts$']),
    {
      name: 'props-end-in-settings',
      comment: 'Objects and checks get what the props say from Settings.',
      severity: 'error',
      from: { path: '^src/private/', pathNot: '^src/private/settings/' },
      to: { path: '^src/zero-downtime-deployment-props' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.dev.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
  },
};
