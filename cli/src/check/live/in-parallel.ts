/** How many kubectl run at once. */
const MAX_PARALLEL = 4;

/** Asks questions, a few at a time, so that not all answers are in memory at once. */
export async function inParallel<T>(
  questions: readonly (() => Promise<T>)[],
  take: (answer: T) => void,
): Promise<void> {
  for (let first = 0; first < questions.length; first += MAX_PARALLEL) {
    const some = questions.slice(first, first + MAX_PARALLEL);
    for (const answer of await Promise.all(some.map((question) => question()))) {
      take(answer);
    }
  }
}
