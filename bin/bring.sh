# Brings what only tests need and the distribution has; sourced by `test` and by CI.
#
#   bring_packages                what is missing for all tests, fetched at once
#   bring_packages postgresql     and a PostgreSQL beside them
#
# Nothing is done where nothing is missing, for whoever is not root, and where there is no apt-get:
# the tests concerned then say so and skip. Needs `say` of prepare.sh.

has_browser() { command -v chromium || command -v chromium-browser; } >/dev/null

# The newest PostgreSQL of the distribution, if there is one.
newest_server() { find /usr/lib/postgresql -maxdepth 2 -name bin -type d 2>/dev/null | sort -V | tail -n 1; }

missing_packages() {
  command -v postfix >/dev/null || echo postfix # real mail servers
  command -v dovecot >/dev/null || echo dovecot-imapd dovecot-lmtpd
  [ -x /usr/sbin/slapd ] || echo slapd # a real directory
  has_browser || echo chromium
  if [ "${1:-}" = postgresql ] && [ -z "$(newest_server)" ]; then echo postgresql; fi
}

bring_packages() {
  local missing
  missing=$(missing_packages "$@" | tr '\n' ' ')
  if [ -z "$missing" ] || [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then return; fi
  say "Installing for the tests: $missing"
  apt-get -qq update >/dev/null || return 0
  # shellcheck disable=SC2086 # words, not one
  apt_get_install $missing && return
  local one # a distribution that lacks one of them still has the others
  for one in $missing; do apt_get_install "$one" || true; done
}

apt_get_install() {
  DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@" >/dev/null 2>&1
}
