import { ConnectionScheme } from 'cdk8s-plus-27';
import type {
  GrpcHealthCheckOptions,
  HealthCheckOptions,
  HttpHealthCheckOptions,
} from '../../../health-check';
import { HealthCheck } from '../../../health-check';
import type { Options } from './collections';
import { mapOf, optionsOf, wordsOf } from './collections';
import type { Elsewhere } from './elsewhere';
import type { Kind } from './kind';
import { made } from './made';
import { DURATION, number, oneOf, text, TEXT } from './values';

const OPTIONS: Options<HealthCheckOptions> = {
  port: number(8080),
  period: DURATION,
  timeout: DURATION,
  failureThreshold: number(3),
  initialDelay: DURATION,
};

const ELSEWHERE: Elsewhere = {
  successThreshold: 'no successThreshold: one good answer is enough',
};

/** By the factory that takes them. */
const OPTIONS_OF: Record<HealthCheck['_factory'], Kind> = {
  http: optionsOf<HttpHealthCheckOptions>(
    'the options of HealthCheck.http',
    {
      ...OPTIONS,
      scheme: oneOf(ConnectionScheme),
      httpHeaders: mapOf(text('kubelet')),
    },
    ELSEWHERE,
  ),
  tcp: optionsOf<HealthCheckOptions>('the options of HealthCheck.tcp', OPTIONS, ELSEWHERE),
  grpc: optionsOf<GrpcHealthCheckOptions>(
    'the options of HealthCheck.grpc',
    { ...OPTIONS, service: TEXT },
    ELSEWHERE,
  ),
  command: optionsOf<HealthCheckOptions>('the options of HealthCheck.command', OPTIONS, ELSEWHERE),
};

export const HEALTH_CHECK = made<HealthCheck>(
  HealthCheck,
  (value) => `HealthCheck.http('${typeof value === 'string' && value.startsWith('/') ? value : '/ready'}')`,
  ({ _factory: factory }) => ({
    _options: [OPTIONS_OF[factory], ''],
    ...(factory === 'http' && { _path: [text('/ready'), '.path'] }),
    ...(factory === 'command' && { _command: [wordsOf('/app/ready'), '.command'] }),
  }),
);
