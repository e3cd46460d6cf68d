/*
 * What a changed annotation does, in words that end a message.
 */

export const LOAD_BALANCER_REPLACED = 'the load balancer is replaced, and its address with it';
export const TARGETS_REPLACED = 'the target group is replaced by one whose targets are not healthy yet';
export const ADDRESS_CHANGED = 'the address that clients have is given back';
export const PROXY_PROTOCOL_SWITCHED =
  'the pods get every connection with a PROXY header, or without, before they know of it';
