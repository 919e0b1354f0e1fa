#!/usr/bin/env bash
# Takes the README's pictures anew: docs/take-pictures.sh
# Starts SensorApp on free ports with data of its own, uploads both sample files, and stops it again.
# Needs the .NET SDK, curl and, from Debian, chromium and fonts-roboto-unhinted for the letters.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
work=$(mktemp -d)
export UseAspire=false PORT=0 UI_PORT=0 MOCKS_PORT=0 DASHBOARD_PORT=0 MOCKS_DATA_DIR="$work/data" FileLog__Enabled=false
: >"$work/console"
dotnet build SensorApp.AppHost --verbosity quiet
dotnet run --no-build --project SensorApp.AppHost >"$work/console" &
trap 'kill $! 2>/dev/null; wait; rm -rf "$work"' EXIT

until grep -q 'SensorApp is ready' "$work/console"; do
  kill -0 $! || { cat "$work/console" >&2; exit 1; }
  sleep 0.5
done
sleep 0.5
ui=$(grep -o 'web UI *http://[^ ]*' "$work/console" | grep -o 'http.*')
login=$(grep -o 'http://[^ ]*/login?t=[0-9a-f]*' "$work/console" | head -n 1)

upload() { curl --fail --silent --show-error --form "file=@$1" "$ui/api/upload" | grep -o '"file_id":"[0-9a-f]*"' | cut -d'"' -f4; }

# name, address, height of the window, and how long to wait: pages with scripts are waited for in virtual time,
# which stands still while they load
picture() {
  timeout 90 chromium --headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
    --disable-component-update --disable-sync --hide-scrollbars "${4:---timeout=20000}" --user-data-dir="$work/profile" \
    --window-size="1280,$3" --screenshot="docs/pictures/$1.png" "$2" 2>/dev/null
}

upload sample_data/sensor_data.csv >/dev/null
sleep 2
file=$(upload sample_data/sensor_data_with_errors.csv)
until curl --silent "$ui/api/status/$file" | grep -q '"partial"'; do sleep 0.5; done
picture files "$ui/" 470 --virtual-time-budget=20000
picture file "$ui/files/$file" 1440 --virtual-time-budget=20000

# Spans and metrics come in about once a second; a counter is drawn from its second point on.
sleep 5
dashboard=${login%/login*}
curl --silent --cookie-jar "$work/cookies" --output /dev/null "$login"
trace=$(curl --silent --cookie "$work/cookies" "$dashboard/traces?text=sensor_data_with_errors.csv" | grep -o '/traces/[0-9a-f]\{32\}' | head -n 1)
picture resources "$login" 330
picture trace "$login&returnUrl=$trace" 720
picture metrics "$login&returnUrl=/metrics" 1000
