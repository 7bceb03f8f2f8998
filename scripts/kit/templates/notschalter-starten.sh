#!/bin/sh
# Starts Notschalter on Linux. A stick often forbids to run what lies on it: the runtime is unpacked into the account's own folder first.
set -eu
HERE=$(cd "$(dirname "$0")" && pwd)
PACKED="$HERE/laufzeit/linux-x64/node.gz"
SHA256=@LINUX_SHA256@
if [ ! -f "$PACKED" ]; then
	echo "Hier fehlt der Rest des Ordners. Bitte zuerst die ganze ZIP-Datei entpacken und dann im neuen Ordner starten."
	exit 1
fi

# As it was made? Where no program can tell, it is unpacked at each start.
is_whole() {
	SUM=$(sha256sum <"$1" 2>/dev/null) && [ "${SUM%% *}" = "$SHA256" ]
}

unset PASSING_RUNTIME
CACHE=${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}}
PLACE="$CACHE/notschalter/laufzeit-@NODE_VERSION@"
if [ -z "$CACHE" ] || ! (umask 077 && mkdir -p "$PLACE") 2>/dev/null || [ ! -w "$PLACE" ]; then
	# No folder of its own: a fresh one that nobody else can have prepared; start.js removes it at the end.
	if ! PLACE=$(mktemp -d "${TMPDIR:-/tmp}/notschalter-laufzeit.XXXXXXXX"); then
		echo "Es gibt keinen Ordner, in den Node.js ausgepackt werden darf. Bitte mit einem Benutzerkonto starten, das einen eigenen Ordner hat."
		exit 1
	fi
	export PASSING_RUNTIME="$PLACE"
fi
NODE="$PLACE/node"
if [ ! -x "$NODE" ] || ! is_whole "$NODE"; then
	if ! gzip -dc "$PACKED" >"$NODE.$$" || ! chmod 755 "$NODE.$$" || ! mv -f "$NODE.$$" "$NODE"; then
		rm -f "$NODE.$$"
		[ -z "${PASSING_RUNTIME:-}" ] || rm -rf "$PLACE"
		echo "Node.js ließ sich nicht nach $PLACE auspacken: Entweder ist dort kein Platz (130 MB), oder die Datei laufzeit/linux-x64/node.gz ist beschädigt. Dann bitte den Ordner noch einmal vom Stick kopieren; der Ordner „daten“ bleibt, wie er ist."
		exit 1
	fi
fi
exec "$NODE" --disable-warning=ExperimentalWarning --max-old-space-size=1024 "$HERE/app/scripts/kit/start.js" "$@"
