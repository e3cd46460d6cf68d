import { IConstruct } from 'constructs';

/**
 * Why a value is not taken: it would cause downtime or fail.
 *
 * Reads as `prop = value: reason. Fix.`
 */
export class Refusal extends Error {
  constructor(prop: string, value: unknown, reason: string, fix: string) {
    super(`${prop} = ${String(value)}: ${reason}. ${fix}.`);
  }
}

/**
 * The refusal with the path of the construct in front, as cdk8s writes it. Its stack starts at the line
 * that created the construct, so that Node.js shows the user's own code above the message.
 */
export function refusedAt(construct: IConstruct, refusal: Refusal): Error {
  const error = new Error(`[${construct.node.path}] ${refusal.message}`);
  Error.captureStackTrace(error, construct.constructor);
  return error;
}
