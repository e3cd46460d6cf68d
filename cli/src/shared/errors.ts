/** An option that cannot be used as written. The message names the option, the value got and what to write. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** A measurement that could not be started. The message says why and what to do. */
export class CannotMeasureError extends Error {
  override name = 'CannotMeasureError';
}

/** Reads the value of an option. If that fails, the error names the option. */
export function inOption<Value>(name: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof UsageError) {
      throw new UsageError(`--${name}: ${error.message}`);
    }
    throw error;
  }
}
