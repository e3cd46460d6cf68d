import { styleSheet } from '../../drawing/style.js';

/** The style sheet of the probe's picture: colours of verdicts, outcomes and versions. */
export const STYLE = styleSheet({
  '.none-failed': ['#1a7f37', '#3fb950'],
  '.some-failed': ['#cf222e', '#f85149'],
  '.not-measured': ['#9a6700', '#d29922'],
  '.ok': ['#a8d8bd', '#2b6148'],
  '.refused': ['#cf222e', '#f85149'],
  '.reset': ['#e8710a', '#f0883e'],
  '.closed': ['#bf3989', '#f778ba'],
  '.connect-timeout': ['#512a97', '#8957e5'],
  '.response-timeout': ['#9b6bff', '#d2a8ff'],
  '.status': ['#d4a72c', '#e3b341'],
  '.wrong-body': ['#7d4e00', '#a9794a'],
  '.other': ['#6e7781', '#8b949e'],
  '.v0': ['#b6d7ff', '#1f4b80'],
  '.v1': ['#ffd8a8', '#7a4a10'],
  '.v2': ['#d8c7ff', '#4c3690'],
  '.v3': ['#a5e8e4', '#125a57'],
  '.v4': ['#ffc9de', '#7c2d54'],
  '.v5': ['#dfe3a0', '#565a16'],
});
