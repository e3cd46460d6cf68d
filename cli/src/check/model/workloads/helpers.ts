import { fields, items, shown, text } from '../../read/fields.js';
import type { Container } from './pod.js';

/** Programs that send the requests which they get to another container of their pod. */
const REVERSE_PROXY =
  /(?:^|[^a-z])(?:nginx|openresty|envoy|haproxy|caddy|traefik|apache2?|httpd|varnish|oauth2-proxy)(?:[^a-z]|$)/;

/** Programs through which a container sends requests of its own, or that answer a part of those that it gets. */
const IN_PATH =
  /proxy|proxies|(?:^|[^a-z])(?:pgbouncer|odyssey|envoy|stunnel|ghostunnel|twemproxy|nutcracker|mcrouter|php-?fpm|fpm|uwsgi|gunicorn|puma|unicorn|daprd|ambassador)(?:[^a-z]|$)/;

/** Programs that no request waits for. */
const BESIDE =
  /export|metric|prometheus|statsd|kube-rbac-proxy|log|fluent|filebeat|promtail|vector|otel|opentelemetry|telemetry|trac|jaeger|datadog|newrelic|agent|reload|sync|watch|config|backup|monitor|debug|toolbox|cron|worker|pause/;

/** What in the arguments or the environment of a program makes it wait by itself when it is told to end. */
const WAITS = /sigterm|term[-_]?timeout|shutdown|drain|grace|wait|exit[-_]on[-_]zero/i;

/** Whether a container answers by asking another one of its pod. */
export function isReverseProxy(container: Container): boolean {
  return REVERSE_PROXY.test(wordsOf(container));
}

/** Whether requests of another container, or to it, go through a container. */
export function isInPath(container: Container): boolean {
  return IN_PATH.test(wordsOf(container)) && !isBeside(container);
}

/** Whether no request waits for a container. */
export function isBeside(container: Container): boolean {
  return BESIDE.test(wordsOf(container));
}

/** Whether a program seems to be told to wait by itself. */
export function waitsByItself({ spec: { command, args, env } }: Container): boolean {
  const words = [command, args].flatMap((list) => (Array.isArray(list) ? list.map(shown) : []));
  return [...words, ...items(env).map(({ item }) => shown(item.name))].some((word) => WAITS.test(word));
}

/** The name of a container, and that of its image without registry, tag and digest. */
function wordsOf({ name, spec }: Container): string {
  const [image] = (text(fields(spec).image) ?? '').split('@');
  const path = image.slice(image.lastIndexOf('/') + 1);
  return `${name} ${path.split(':')[0]}`.toLowerCase();
}
