import { ok } from '../http';
import { runPath } from '../paths';
import type { ProcessSpec } from '../process';
import { API_SERVER, CONTROL, SERVICES_CIDR } from '../topology';
import type { ControlContext } from './context';

/** The API server: RBAC and Node authorization, Pod Security admission (on by default), aggregation. */
export function kubeApiserver({ machine, bin }: ControlContext): ProcessSpec {
  const pki = (file: string) => runPath('pki', file);
  return {
    machine,
    command: [
      bin('kube-apiserver'),
      `--advertise-address=${CONTROL.address}`,
      '--secure-port=6443',
      '--etcd-servers=http://127.0.0.1:2379',
      `--service-cluster-ip-range=${SERVICES_CIDR}`,
      '--authorization-mode=Node,RBAC',
      '--enable-admission-plugins=NodeRestriction',
      '--allow-privileged=true',
      `--client-ca-file=${pki('ca.crt')}`,
      `--tls-cert-file=${pki('kube-apiserver.crt')}`,
      `--tls-private-key-file=${pki('kube-apiserver.key')}`,
      '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
      `--service-account-key-file=${pki('service-accounts.pub')}`,
      `--service-account-signing-key-file=${pki('service-accounts.key')}`,
      `--kubelet-certificate-authority=${pki('ca.crt')}`,
      `--kubelet-client-certificate=${pki('kubelet-client.crt')}`,
      `--kubelet-client-key=${pki('kubelet-client.key')}`,
      '--kubelet-preferred-address-types=InternalIP',
      // The aggregation layer, for metrics-server. No kube-proxy runs on this machine, so requests go to its pods directly.
      '--enable-aggregator-routing=true',
      `--requestheader-client-ca-file=${pki('ca.crt')}`,
      '--requestheader-allowed-names=front-proxy',
      '--requestheader-username-headers=X-Remote-User',
      '--requestheader-group-headers=X-Remote-Group',
      '--requestheader-extra-headers-prefix=X-Remote-Extra-',
      `--proxy-client-cert-file=${pki('front-proxy.crt')}`,
      `--proxy-client-key-file=${pki('front-proxy.key')}`,
    ],
    ready: () => ok(`${API_SERVER}/readyz`),
    hint: 'see the log; it needs etcd to be up',
  };
}
