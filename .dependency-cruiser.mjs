/** What each folder of src/private may use, as CONTRIBUTING.md shows it. Types count as well. */
const FOLDERS = {
  refusals: [],
  kubernetes: ['refusals'],
  clouds: [],
  settings: ['refusals', 'kubernetes', 'clouds'],
  objects: ['refusals', 'kubernetes', 'settings'],
  checks: ['refusals', 'kubernetes', 'settings'],
};

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...Object.entries(FOLDERS).map(([folder, used]) => ({
      name: `what-${folder}-may-use`,
      severity: 'error',
      from: { path: `^src/private/${folder}/` },
      to: { path: '^src/private/', pathNot: `^src/private/(${[folder, ...used].join('|')})/` },
    })),
    {
      name: 'folders-alone',
      comment: 'Each private file stands in one of the folders.',
      severity: 'error',
      from: {},
      to: { path: `^src/private/(?!(${Object.keys(FOLDERS).join('|')})/)` },
    },
    {
      name: 'props-end-in-settings',
      comment: 'Objects and checks get what the props say from Settings.',
      severity: 'error',
      from: { path: '^src/private/', pathNot: '^src/private/settings/' },
      to: { path: '^src/zero-downtime-deployment-props' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
  },
};
