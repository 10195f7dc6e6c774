# The certificate, where the operator has one. Sourced by `install`.
# shellcheck shell=bash disable=SC2154

link_certificate() {
  [ -n "$certificate" ] || return 0
  # Not what these lead to: who renews a certificate lets its link lead to the new one.
  point "$(realpath --no-symlinks "$certificate")" "$SETTINGS/certificate.pem"
  point "$(realpath --no-symlinks "$certificate_key")" "$SETTINGS/certificate.key"
}
