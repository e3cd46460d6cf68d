import { Refusal } from '../refusals/refusal';
import type { Checked } from './checked';

/**
 * Requests that another Ingress or HTTPRoute of the app takes too.
 */
export function* sharedRoutes({ objects, index }: Checked): Iterable<Refusal> {
  for (const own of objects.filter(({ kind }) => kind === 'Ingress' || kind === 'HTTPRoute')) {
    const namesakes = index.namesakes(own);
    for (const { url, other } of index.sharedRoutes(own).filter((each) => !namesakes.includes(each.other))) {
      yield new Refusal(
        'exposure',
        url,
        `${other.node.path} takes these requests too, and only one of the two gets them`,
        'Give each a host or a path of its own',
      );
    }
  }
}
