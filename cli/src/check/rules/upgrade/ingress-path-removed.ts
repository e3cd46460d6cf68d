import { entriesOf, pathsOf } from '../../model/entries/entries.js';
import { rewritesOf } from '../../model/entries/rewrites.js';
import { servedAfter } from '../../model/entries/served-paths.js';
import type { State } from '../../model/state.js';
import { inTurn } from '../in-turn.js';
import type { Breach, UpgradeRule } from '../rule.js';

export const ingressPathRemoved: UpgradeRule = {
  id: 'ingress-path-removed',
  severity: 'error',
  reason: 'requests to this path get no answer of the application any more, or reach it as other requests',
  fix: 'keep the path until nobody uses it',
  check: function* (from, to) {
    yield* lostPaths(from, to);
    yield* changedRewrites(from, to);
  },
};

function lostPaths(from: State, to: State): Iterable<Breach> {
  const served = servedAfter(from, to);
  return inTurn(entriesOf(from), (before) => {
    const object = to.find(before) ?? before;
    return pathsOf(before)
      .filter((path) => !path.isUnsure && served.hasHost(path) && served.servicesFor(path).length === 0)
      .map(({ host, path }) => ({
        object,
        path: object.kind === 'Ingress' ? ['spec', 'rules'] : ['spec'],
        what: `the path ${path} of ${host === '*' ? 'all hosts' : `the host ${host}`} is gone`,
      }));
  });
}

/** Requests that reach the application under another path or host, or in another protocol, while its old pods run. */
function changedRewrites(from: State, to: State): Iterable<Breach> {
  const objects = [...entriesOf(to), ...to.ofKind('traefik.io', 'Middleware')];
  return inTurn(to.changes(from, objects), ({ before, object }) => {
    // With other paths, another rewriting may do the same.
    if (object.kind === 'Ingress' && pathNames(before) !== pathNames(object)) {
      return [];
    }
    const old = rewritesOf(before);
    return [...rewritesOf(object)]
      .filter(([place, rewrite]) => old.has(place) && old.get(place) !== rewrite)
      .map(([place, rewrite]) => ({
        object,
        path: object.kind === 'Ingress' ? ['metadata', 'annotations', place] : ['spec'],
        what: `${place} was ${old.get(place)} and is ${rewrite}`,
      }));
  });
}

function pathNames(ingress: Parameters<typeof pathsOf>[0]): string {
  return JSON.stringify(pathsOf(ingress).map(({ host, path }) => [host, path]));
}
