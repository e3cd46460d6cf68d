import type { DrainProxySettings } from '../settings/drain-proxy';

/** Path on the control port that tells whether the proxy runs. */
export const READY_PATH = '/ready';
/** Path on the control port that makes the proxy drain. */
export const DRAIN_PATH = '/drain';

/*
 * Source of each value: docs/adr/0013-drain-proxy.md.
 */

/**
 * HAProxy's configuration for HTTP/1.1. Once it drains, every response asks the client to close its connection.
 */
export function http1Config({
  port,
  controlPort,
  applicationPort,
  maxConnections,
}: DrainProxySettings): string {
  return `${common(2 * maxConnections)}
frontend clients
  bind :::${port.number} v4v6
  option forwardfor
  http-after-response set-header Connection close if { var(proc.draining) -m bool }
  acl has-body req.fhdr(content-length) -m found
  acl has-body req.fhdr(transfer-encoding) -m found
  use_backend repeatable if { method GET HEAD OPTIONS } !has-body
  default_backend application

backend repeatable
  # On kept connections. When the application closes one instead of answering, the request goes to \`new\`, once.
  http-reuse always
  balance first
  retry-on conn-failure empty-response
  retries 1
  option redispatch 1
  server kept 127.0.0.1:${applicationPort} pool-purge-delay 1s
  server new abns@application

listen application
  bind abns@application
  # A connection for each request: what the application does with idle ones does not matter.
  option http-server-close
  server application 127.0.0.1:${applicationPort}

${kubelet(controlPort)}
  http-request set-var(proc.draining) bool(true) if { path ${DRAIN_PATH} }
  http-request return status 200 if { path ${DRAIN_PATH} ${READY_PATH} }
  http-request deny deny_status 404
`;
}

/**
 * HAProxy's configuration for HTTP/2 without TLS. A frontend that is stopped sends GOAWAY to its clients, but
 * also accepts no more connections. So one frontend stays and accepts all connections, and passes them on to
 * the frontend of the current stage of the drain.
 */
export function http2Config(
  { port, controlPort, applicationPort, maxConnections }: DrainProxySettings,
  scriptFile: string,
): string {
  return `${common(4 * maxConnections, `  lua-load ${scriptFile}\n`)}
frontend clients
  mode tcp
  bind :::${port.number} v4v6
  use_backend to-%[var(proc.stage)] if { var(proc.stage) -m found }
  default_backend to-serving
${HTTP2_STAGES.map(
  (stage) => `
backend to-${stage}
  mode tcp
  server ${stage} abns@${stage} send-proxy-v2

frontend ${stage}
  bind abns@${stage} accept-proxy
  option forwardfor
  default_backend application
`,
).join('')}
backend application
  # A connection for each request: it does not matter when the application closes one.
  server application 127.0.0.1:${applicationPort} proto h2 max-reuse 0

${kubelet(controlPort)}
  http-request use-service lua.drain if { path ${DRAIN_PATH} }
  http-request return status 200 if { path ${READY_PATH} }
  http-request deny deny_status 404
`;
}

/**
 * The frontends that get the clients' connections: before the drain, from its beginning, after a third and
 * after two thirds of it.
 */
const HTTP2_STAGES = ['serving', 'draining', 'emptying', 'leaving'];

/**
 * The drain for HTTP/2, in Lua: connected clients get GOAWAY when the drain begins. Clients that connect later,
 * because a node still sends them here, get it after a third or two thirds of the drain.
 */
export function http2DrainScript(drainSeconds: number): string {
  return `local stages = { ${HTTP2_STAGES.map((stage) => `"${stage}"`).join(', ')} }
core.register_service("drain", "http", function(applet)
  for stage = 1, #stages - 1 do
    if stage > 1 then core.msleep(${Math.floor((drainSeconds * 1000) / 3)}) end
    applet:set_var("proc.stage", stages[stage + 1])
    core.msleep(100)
    core.proxies[stages[stage]]:stop()
  end
  applet:set_status(200)
  applet:start_response()
end)
`;
}

function common(connections: number, more = ''): string {
  return `global
  log stdout format raw daemon notice
  # HAProxy takes fewer where the node's limit is lower.
  fd-hard-limit ${connections + 100}
  nbthread 2
  tune.bufsize 32768
  hard-stop-after 5s
${more}
defaults
  mode http
  timeout connect 5s
  timeout client 1h
  timeout server 1h
  timeout tunnel 1h
  timeout http-request 1m
  timeout http-keep-alive 620s
`;
}

function kubelet(controlPort: number): string {
  return `frontend kubelet
  bind :::${controlPort} v4v6`;
}
