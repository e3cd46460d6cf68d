import type { Volume } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { createProjectedVolume } from './private/objects/projected-volume';
import type { ProjectedSource } from './projected-source';

/**
 * Volumes of several sources, which `Volume` of cdk8s-plus does not know.
 */
export class ProjectedVolume {
  /**
   * A volume in which all sources appear as files.
   *
   * @param scope where the volume is created
   * @param id name within the scope, and of the volume
   * @param sources what appears in it, at least one
   * @returns a volume to mount as any other
   * @throws if a source is not valid
   * @see https://kubernetes.io/docs/concepts/storage/projected-volumes/
   */
  public static of(scope: Construct, id: string, sources: ProjectedSource[]): Volume {
    return createProjectedVolume(scope, id, sources);
  }

  private constructor() {}
}
