import { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';
import { forEachContainer } from './asked-containers';
import { Refusal } from './refusal';

/** Source: the grammar of the OCI distribution project's reference package. */
const REFERENCE =
  /^(?<repository>(?:[A-Za-z0-9.-]+(?::\d+)?\/)?[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*)(?::(?<tag>\w[\w.-]{0,127}))?(?<digest>@[a-z0-9]+:[0-9a-fA-F]{32,})?$/;

/**
 * Checks every image that the props name.
 */
export function checkImages(props: ZeroDowntimeDeploymentProps): void {
  const accept = props.acceptNoRollback;
  forEachContainer(props, (path, { image }) => checkImage(`${path}image`, image, accept));
}

/**
 * Refuses an image to which a rollback could not return, and what is no image reference at all.
 */
export function checkImage(prop: string, image: string, acceptNoRollback = false): void {
  const reference = typeof image === 'string' ? REFERENCE.exec(image)?.groups : undefined;
  if (!reference) {
    throw new Refusal(
      prop,
      JSON.stringify(image),
      'it is not an image reference, so no pod would start',
      "Write for example 'registry.example.com/team/app:1.4.2'",
    );
  }
  if (acceptNoRollback || reference.digest) {
    return;
  }
  if (reference.tag === undefined || reference.tag === 'latest') {
    const what = reference.tag
      ? "the tag 'latest' moves"
      : "an image without a tag means 'latest', which moves";
    throw new Refusal(
      prop,
      JSON.stringify(image),
      `${what}, so a rollback is impossible and one rollout can run two versions`,
      `Write a tag that is never reused or a digest, for example '${reference.repository}:1.4.2', or acceptNoRollback: true`,
    );
  }
}
