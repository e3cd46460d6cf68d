import { at, text } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import { INGRESS_CONTROLLERS, LOAD_BALANCERS, type LoadBalancer, type Rebuild } from './clouds.js';
import { classOf } from '../entries/class.js';
import { annotation, typeOf } from './service.js';
import type { Change } from '../state.js';

const OF_SERVICES = Object.values<LoadBalancer>(LOAD_BALANCERS).flatMap(({ rebuilds = [] }) => rebuilds);
const OF_INGRESSES = INGRESS_CONTROLLERS.flatMap(({ rebuilds = [] }) => rebuilds);

/** The annotations of an object that say how a cloud builds its load balancer, if it has one before and after a change. */
export function rebuildsOf({ before, object }: Change): readonly Rebuild[] {
  switch (object.kind) {
    case 'Service':
      return [before, object].every((service) => typeOf(service) === 'LoadBalancer') ? OF_SERVICES : [];
    case 'Gateway':
      return OF_SERVICES;
    default:
      // With another class it has another load balancer anyway.
      return classOf(before) === classOf(object) ? OF_INGRESSES : [];
  }
}

/** The value of a setting, as its first annotation would write it. */
export function settingOf(object: ManifestObject, setting: Rebuild): string | undefined {
  for (const name of setting.names) {
    const written = partOf(annotationForCloud(object, name), setting.part);
    if (written !== undefined) {
      return text(at(setting.synonyms, written)) ?? written;
    }
  }
  return setting.default;
}

/** A Gateway hands these annotations on to the Service that is made for it. */
function annotationForCloud(object: ManifestObject, name: string): string | undefined {
  return text(at(object.body, 'spec', 'infrastructure', 'annotations', name)) ?? annotation(object, name);
}

/** The value of one setting in a text such as a=1,b=2; the text itself if it is no such list. */
function partOf(written: string | undefined, part: string | undefined): string | undefined {
  if (written === undefined || part === undefined || !written.includes('=')) {
    return written;
  }
  const found = written.split(',').find((one) => one.trim().startsWith(`${part}=`));
  return found?.split('=')[1].trim();
}
