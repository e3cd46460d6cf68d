#!/bin/sh
# Counts the packets that the kernel misses while a chain is replaced, as kube-proxy does when a pod comes or goes: with a
# verdict map, as in its nftables mode, and with plain rules, as in its iptables mode. Needs root. Everything happens in a
# network namespace that ends with the script. Takes 45 s.
set -eu

if [ "${INSIDE:-}" != yes ]; then
  INSIDE=yes exec unshare --net "$0"
fi

ip link set lo up

# $1: what is measured; $2, $3: the rules of the chain before and after
measure() {
  nft flush ruleset
  nft -f - <<RULES
add table ip t
add counter ip t found
add counter ip t missed
add chain ip t pod1
add chain ip t pod2
add chain ip t pod3
add rule ip t pod1 counter name found accept
add rule ip t pod2 counter name found accept
add rule ip t pod3 counter name found accept
add chain ip t service
$2
add chain ip t out { type filter hook output priority 0 ; }
add rule ip t out udp dport 9999 jump service
add rule ip t out udp dport 9999 counter name missed
RULES
  node -e '
    const socket = require("node:dgram").createSocket("udp4");
    const end = Date.now() + 20_000;
    const send = () => (Date.now() < end ? socket.send("x", 9999, "127.0.0.1", send) : process.exit());
    for (let i = 0; i < 50; i++) send();
  ' &
  sender=$!
  replaced=0
  while kill -0 "$sender" 2>/dev/null; do
    printf 'flush chain ip t service\n%s\n' "$3" | nft -f -
    printf 'flush chain ip t service\n%s\n' "$2" | nft -f -
    replaced=$((replaced + 2))
  done
  wait "$sender"
  count() { nft list counter ip t "$1" | sed -n 's/.*packets \([0-9]*\).*/\1/p'; }
  echo "$1: $(count missed) of $(($(count missed) + $(count found))) packets missed, $replaced replacements"
}

measure 'verdict map' \
  'add rule ip t service numgen random mod 2 vmap { 0 : goto pod1, 1 : goto pod2 }' \
  'add rule ip t service numgen random mod 3 vmap { 0 : goto pod1, 1 : goto pod2, 2 : goto pod3 }'
measure 'plain rules' \
  'add rule ip t service numgen random mod 2 0 goto pod1
add rule ip t service goto pod2' \
  'add rule ip t service numgen random mod 3 0 goto pod1
add rule ip t service numgen random mod 2 0 goto pod2
add rule ip t service goto pod3'
