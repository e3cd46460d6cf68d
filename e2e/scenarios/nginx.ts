import { Manifests } from '../manifests/manifests';
import type { Scenario } from '../proof/scenario';

/** A static site on nginx gets new pages, which are in a ConfigMap. */
export const nginx: Scenario = {
  id: 'nginx',
  name: 'new pages of a site on nginx',
  kind: 'ours',
  // nginx answers a POST to a file with an error.
  load: { slowRate: 0, request: ['--expect-body', 'It works', '--version-from', 'regex:<h1>(.*)</h1>'] },
  given: () => site(),
  when: async (world) => {
    const next = (await site())
      .replacing('site-pages-1', 'site-pages-2')
      .replacing('It works', 'It works well');
    await world.rollOut(next, 'new pages');
  },
};

async function site(): Promise<Manifests> {
  return (await Manifests.of('nginx-unprivileged', 'site')).with({ image: 'nginx-unprivileged:1.22' });
}
