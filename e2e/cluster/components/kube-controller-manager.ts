import { ok } from '../http';
import { runPath } from '../paths';
import type { ProcessSpec } from '../process';
import { CONTROL, PODS_CIDR, SERVICES_CIDR } from '../topology';
import type { ControlContext } from './context';

/** The controllers. As in any cluster they end when they cannot renew their lease. */
export function kubeControllerManager({ machine, bin }: ControlContext): ProcessSpec {
  const kubeconfig = runPath('pki', 'system-kube-controller-manager.kubeconfig');
  return {
    machine,
    command: [
      bin('kube-controller-manager'),
      `--kubeconfig=${kubeconfig}`,
      `--authentication-kubeconfig=${kubeconfig}`,
      `--authorization-kubeconfig=${kubeconfig}`,
      `--service-account-private-key-file=${runPath('pki', 'service-accounts.key')}`,
      `--root-ca-file=${runPath('pki', 'ca.crt')}`,
      '--use-service-account-credentials=true',
      `--cluster-cidr=${PODS_CIDR}`,
      `--service-cluster-ip-range=${SERVICES_CIDR}`,
    ],
    ready: () => ok(`https://${CONTROL.address}:10257/healthz`),
    hint: 'see the log; it needs the API server to be up',
  };
}
