/*
 * Well-known values of `appProtocol`, grouped by how the application speaks.
 * Source: https://kubernetes.io/docs/concepts/services-networking/service/#application-protocol
 */

export const HTTP1_CLEARTEXT = ['http', 'kubernetes.io/ws'];
export const HTTP2_CLEARTEXT = ['kubernetes.io/h2c'];
export const OVER_TLS = ['https', 'kubernetes.io/wss'];
