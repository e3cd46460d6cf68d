import { type BalancedService, keyOf, type Target } from './service';

/** Where kube-proxy says that a node serves NodePorts. */
const KUBE_PROXY_HEALTH_PORT = 10256;

/** Name of the backend for one port of a Service; no name in Kubernetes has an underscore. */
export const backendName = ({ namespace, name }: BalancedService, port: number): string =>
  `${namespace}_${name}_${port}`;

/**
 * HAProxy's servers for one node, one for each source address. The first is checked, and the others have its state.
 * No name in Kubernetes has an underscore.
 */
export const serverNames = (node: Target, sources: readonly string[]): string[] =>
  sources.map((_, n) => (n === 0 ? node.name : `${node.name}_${n}`));

/**
 * HAProxy's configuration: per port of a Service a TCP proxy from its address to the NodePort on every node.
 * A node is checked at the Service's healthCheckNodePort (externalTrafficPolicy Local), else at kube-proxy's health port.
 * Connections to a node come from several addresses in turn: with a single one, ports would be reused while the node
 * still remembers to which pod the last connection from the same port went.
 * A connection that fails is not tried on another node: the load balancers of the clouds forward packets and cannot do that.
 */
export function haproxyConfig(
  services: readonly BalancedService[],
  addresses: ReadonlyMap<string, string>,
  nodes: readonly Target[],
  { folder, sources }: { folder: string; sources: readonly string[] },
): string {
  const proxies = services.flatMap((service) =>
    service.ports.map(({ port, nodePort }) => {
      const name = backendName(service, port);
      const { healthIntervalSeconds, fall, rise } = service.settings;
      const pace = `inter ${healthIntervalSeconds * 1000}ms fall ${fall} rise ${rise}`;
      const checkPort = service.healthCheckNodePort ?? KUBE_PROXY_HEALTH_PORT;
      return [
        `frontend ${name}`,
        `  bind ${addresses.get(keyOf(service))}:${port}`,
        `  default_backend ${name}`,
        `backend ${name}`,
        '  option httpchk GET /healthz',
        ...nodes.flatMap((node) =>
          serverNames(node, sources).map((server, n) => {
            const state = n === 0 ? `check port ${checkPort} ${pace}` : `track ${name}/${node.name}`;
            return `  server ${server} ${node.address}:${nodePort} source ${sources[n]} ${state}`;
          }),
        ),
      ].join('\n');
    }),
  );
  return `${general(folder)}\n${proxies.join('\n\n')}\n`;
}

function general(folder: string): string {
  return `global
  log stdout format raw local0
  stats socket ${folder}/haproxy.sock mode 600 level admin expose-fd listeners
  server-state-file ${folder}/servers
  hard-stop-after 1h

defaults
  mode tcp
  log global
  option dontlog-normal
  log-format "%t %s to %si:%sp from %bi:%bp, connected after %Tc ms, %Tt ms in all, ended %ts"
  balance roundrobin
  retries 0
  load-server-state-from-file global
  timeout connect 5s
  timeout client 350s
  timeout server 350s
`;
}
