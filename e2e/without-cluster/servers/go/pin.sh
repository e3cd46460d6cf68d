#!/bin/sh
# Pins the kube-apiserver of a Kubernetes version: writes go.mod and go.sum into the folder of its minor version.
# usage: pin.sh 1.37.2
set -eu
version=$1
mkdir -p "$(dirname "$0")/v${version%.*}"
cd "$(dirname "$0")/v${version%.*}"
upstream=$(GOFLAGS=-mod=mod go mod download -json "k8s.io/kubernetes@v$version" | sed -n 's/.*"GoMod": "\(.*\)",/\1/p')
{
  printf 'module zero-downtime.test/kube-apiserver\n\n'
  sed -n '/^go /p; /^godebug /p' "$upstream"
  printf 'tool k8s.io/kubernetes/cmd/kube-apiserver\n\nrequire k8s.io/kubernetes v%s\n\nreplace (\n' "$version"
  # Upstream replaces its staging modules by folders of its repository; here they are the published modules.
  sed -n "s|^\(\t*\)\(k8s.io/[a-z-]*\) => ./staging.*|\t\2 => \2 v0.${version#*.}|p" "$upstream"
  printf ')\n'
} >go.mod
go mod tidy
