import { isIP } from 'node:net';
import type { HostAlias, PodDnsProps } from 'cdk8s-plus-27';
import { DnsPolicy } from 'cdk8s-plus-27';
import type { PodDnsOptions, PodOptions } from '../../pod-options';
import { SUBDOMAIN } from '../kubernetes/names';
import { checkAll, checkEach, Refusal } from '../refusals/refusal';

/** Source: the API server's limits for `dnsConfig`. */
const MAX_NAMESERVERS = 3;
const MAX_SEARCHES = 32;

/** Settings of the pods besides their containers, as cdk8s-plus-27 takes them. */
export interface PodSettings extends Pick<
  PodOptions,
  | 'annotations'
  | 'serviceAccount'
  | 'automountServiceAccountToken'
  | 'hostAliases'
  | 'imagePullSecrets'
  | 'shareProcessNamespace'
> {
  readonly dns?: PodDnsProps;
}

/**
 * Refuses DNS settings and host aliases that the API server does not take.
 */
export function checkPod({ dns, hostAliases }: PodOptions = {}): void {
  checkAll(
    () => dns && checkDns(dns),
    () => checkEach(hostAliases ?? [], (alias, i) => checkHostAlias(`pod.hostAliases[${i}]`, alias)),
  );
}

/**
 * Settings of the pods, from options that are checked.
 */
export function resolvePod(pod: PodOptions = {}): PodSettings {
  return {
    annotations: pod.annotations,
    serviceAccount: pod.serviceAccount,
    automountServiceAccountToken: pod.automountServiceAccountToken,
    hostAliases: pod.hostAliases?.map((alias) => ({ ...alias })),
    imagePullSecrets: pod.imagePullSecrets,
    shareProcessNamespace: pod.shareProcessNamespace,
    dns: podDns(pod.dns),
  };
}

function podDns(dns: PodDnsOptions | undefined): PodDnsProps | undefined {
  return (
    dns && {
      policy: dns.policy,
      nameservers: dns.nameservers && [...dns.nameservers],
      searches: dns.searches && [...dns.searches],
      options:
        dns.options &&
        Object.entries(dns.options).map(([name, value]) => ({
          name,
          value: value === '' ? undefined : value,
        })),
    }
  );
}

function checkDns({ policy, nameservers = [], searches = [] }: PodDnsOptions): void {
  checkAll(
    () => checkEach(nameservers, (address, i) => checkAddress(`pod.dns.nameservers[${i}]`, address)),
    () => checkEach(searches, (domain, i) => checkDomain(`pod.dns.searches[${i}]`, domain)),
    () => checkLimit('pod.dns.nameservers', nameservers, MAX_NAMESERVERS),
    () => checkLimit('pod.dns.searches', searches, MAX_SEARCHES),
    () => policy === DnsPolicy.NONE && checkSome(nameservers),
  );
}

function checkSome(nameservers: string[]): void {
  if (nameservers.length === 0) {
    throw new Refusal(
      'pod.dns.policy',
      JSON.stringify(DnsPolicy.NONE),
      'without nameservers the pods would have nobody to ask, so the API server refuses the Deployment',
      "Write nameservers too, for example ['192.0.2.53'], or another policy",
    );
  }
}

function checkLimit(prop: string, list: string[], max: number): void {
  if (list.length > max) {
    throw new Refusal(
      prop,
      `${list.length} entries`,
      `there can be at most ${max}, so the API server refuses the Deployment`,
      `Write ${max} or fewer`,
    );
  }
}

function checkHostAlias(prop: string, { ip, hostnames }: HostAlias): void {
  checkAll(
    () => checkAddress(`${prop}.ip`, ip),
    () => checkEach(hostnames, (host, i) => checkDomain(`${prop}.hostnames[${i}]`, host)),
  );
}

function checkAddress(prop: string, address: string): void {
  if (isIP(address) === 0) {
    throw new Refusal(
      prop,
      JSON.stringify(address),
      'it is not an IP address, so the API server refuses the Deployment',
      "Write for example '192.0.2.10'",
    );
  }
}

function checkDomain(prop: string, domain: string): void {
  if (!SUBDOMAIN.test(domain.replace(/\.$/, ''))) {
    throw new Refusal(
      prop,
      JSON.stringify(domain),
      'it is not the name of a host or domain, so the API server refuses the Deployment',
      "Write for example 'db.example.com'",
    );
  }
}
