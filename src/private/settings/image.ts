import { Refusal } from '../refusals/refusal';

/** Source: the grammar of the OCI distribution project's reference package. */
const REFERENCE =
  /^(?<repository>(?:[A-Za-z0-9.-]+(?::\d+)?\/)?[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*)(?::(?<tag>\w[\w.-]{0,127}))?(?<digest>@[a-z0-9]+:[0-9a-fA-F]{32,})?$/;

/** What a variable without a value becomes in a text, in JavaScript, Python, Go or Java. */
const NO_VALUE = ['undefined', 'null', 'NaN', 'None', 'nil'];

/** A tag that begins with the built commit is never reused, even if it has no digit. */
const COMMIT = /^[0-9a-f]{7,40}\b/;

/**
 * Refuses an image to which a rollback could not return, and a text that is no image reference.
 */
export function checkImage(prop: string, image: string, acceptNoRollback = false): void {
  const reference = REFERENCE.exec(image)?.groups;
  if (!reference) {
    throw new Refusal(
      prop,
      JSON.stringify(image),
      'it is not an image reference, so no pod would start',
      "Write for example 'registry.example.com/team/app:1.4.2'",
    );
  }
  const words = [...image.split(/[/:@]/), ...(reference.tag?.split(/[._-]/) ?? [])];
  const noValue = words.find((word) => NO_VALUE.includes(word));
  if (noValue !== undefined) {
    throw new Refusal(
      prop,
      JSON.stringify(image),
      `'${noValue}' is what a variable without a value becomes, so no pod would start`,
      "Give the variable its value, so that it is for example 'registry.example.com/team/app:1.4.2'",
    );
  }
  if (acceptNoRollback || reference.digest) {
    return;
  }
  const moves = whyItMoves(reference.tag);
  if (moves !== undefined) {
    throw new Refusal(
      prop,
      JSON.stringify(image),
      `${moves}, so a rollback is impossible and one rollout can run two versions`,
      `Write a tag that is never reused or a digest, for example '${reference.repository}:1.4.2', or acceptNoRollback: true`,
    );
  }
}

/** A tag without a version is given to one build after the other: `main`, `stable`, `prod`, `1.4-SNAPSHOT`. */
function whyItMoves(tag: string | undefined): string | undefined {
  if (tag === undefined) {
    return "an image without a tag means 'latest', which moves";
  }
  if (/(^|[-_.])(latest|snapshot|nightly)($|[-_.])/i.test(tag)) {
    return `the tag '${tag}' moves`;
  }
  return /\d/.test(tag) || COMMIT.test(tag) ? undefined : `the tag '${tag}' says no version and moves`;
}
