#!/bin/sh
# Starts Notschalter on Linux. A stick often forbids to run what lies on it: the runtime is unpacked into the account's own folder first.
set -eu
HERE=$(cd "$(dirname "$0")" && pwd)
PACKED="$HERE/laufzeit/linux-x64/node.gz"
if [ ! -f "$PACKED" ]; then
	echo "Hier fehlt der Rest des Ordners. Bitte zuerst die ganze ZIP-Datei entpacken und dann im neuen Ordner starten."
	exit 1
fi
PLACE="${XDG_CACHE_HOME:-${HOME:-/tmp/notschalter-$(id -u)}/.cache}/notschalter/laufzeit-@NODE_VERSION@"
NODE="$PLACE/node"
if [ ! -x "$NODE" ]; then
	mkdir -p "$PLACE"
	gzip -dc "$PACKED" >"$NODE.$$"
	chmod 755 "$NODE.$$"
	mv "$NODE.$$" "$NODE"
fi
exec "$NODE" --disable-warning=ExperimentalWarning --max-old-space-size=1024 "$HERE/app/scripts/kit/start.js" "$@"
