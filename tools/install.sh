#!/bin/sh
# install.sh - lays the built programs out on this machine, or under $DESTDIR for a package.
# Called by `./dev install` from the root of the sources.  An existing configuration is kept.
set -eu
dest=${DESTDIR:-}
prefix=${PREFIX:-/usr/local}

as_root() {
	if [ -n "$dest" ] || [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

as_root install -d -m 755 "$dest$prefix/bin" "$dest/etc/systemd/system" "$dest/etc/vigie" \
	"$dest$prefix/share/doc/vigie"
as_root install -m 755 build/vigie build/vigied "$dest$prefix/bin/"
as_root install -m 644 LICENSE README.md README.fr.md doc/operations.md doc/nginx.conf \
	"$dest$prefix/share/doc/vigie/"
share=$dest$prefix/share/vigie
as_root install -d -m 755 "$share"
as_root rm -rf "$share/web" "$share/france"
as_root cp -R web "$share/web"
as_root cp -R data/france "$share/france"
as_root chmod -R u=rwX,go=rX "$share"
unit=$(mktemp)
trap 'rm -f "$unit"' EXIT
sed "s|@PREFIX@|$prefix|" tools/vigie.service >"$unit"
as_root install -m 644 "$unit" "$dest/etc/systemd/system/vigie.service"
if [ ! -e "$dest/etc/vigie/vigie.conf" ]; then
	as_root install -m 640 tools/vigie.conf "$dest/etc/vigie/vigie.conf"
fi

if [ -n "$dest" ]; then
	as_root install -d -m 700 "$dest/var/lib/vigie"
	exit 0
fi
if ! getent passwd vigie >/dev/null; then
	as_root useradd --system --user-group --home-dir /var/lib/vigie --shell /usr/sbin/nologin vigie
fi
as_root install -d -m 700 -o vigie -g vigie /var/lib/vigie
as_root chown root:vigie /etc/vigie/vigie.conf
if [ -d /run/systemd/system ]; then
	as_root systemctl daemon-reload
fi
echo "installed; edit /etc/vigie/vigie.conf, then: systemctl enable --now vigie"
