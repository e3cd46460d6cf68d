/** The version and the columns of HAProxy's `show servers state`. */
const HEADER = `1
# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight srv_iweight srv_time_since_last_change srv_check_status srv_check_result srv_check_health srv_check_state srv_agent_state bk_f_forced_id srv_f_forced_id srv_fqdn srv_port srvrecord srv_use_ssl srv_check_port srv_check_addr srv_agent_addr srv_agent_port`;

/**
 * Server states for a configuration: those that HAProxy has told, and down for each new server. Without a state
 * HAProxy would send to a server before checking it; a cloud's load balancer waits until its checks have succeeded.
 */
export function serverStates(config: string, told: string = HEADER): string {
  const columns = told.split('\n').map((line) => line.split(' '));
  const known = new Set(columns.map(([, backendName, , serverName]) => `${backendName}/${serverName}`));
  const lines = [told.trimEnd()];
  let backend = '';
  let id = 0;
  for (const line of config.split('\n')) {
    const [keyword, name, address] = line.trim().split(/ +/);
    if (keyword === 'backend') {
      backend = name;
      id = 0;
    } else if (keyword === 'server') {
      id += 1;
      if (!known.has(`${backend}/${name}`)) {
        const [host, port] = address.split(':');
        lines.push(`0 ${backend} ${id} ${name} ${host} 0 0 1 1 0 1 0 0 6 0 0 0 - ${port} - 0 0 - - 0`);
      }
    }
  }
  return `${lines.join('\n')}\n`;
}
