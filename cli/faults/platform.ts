/** Elsewhere there is no /proc, there are no namespaces, and package.json names no programs of Node.js. */
export const isSupported = process.platform === 'linux' && process.arch === 'x64';
