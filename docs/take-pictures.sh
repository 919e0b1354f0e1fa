#!/usr/bin/env bash
# Takes the README's two pictures from a running SensorApp: docs/take-pictures.sh [address of the web UI]
# Uploads both sample files first. Needs curl and Debian's chromium.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
ui=${1:-http://localhost:8501}
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT

upload() { curl --fail --silent --show-error --form "file=@$1" "$ui/api/upload?wait=30" | grep -o '"file_id":"[0-9a-f]*"' | cut -d'"' -f4; }

picture() {
  timeout 90 chromium --headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
    --disable-component-update --disable-sync --hide-scrollbars --timeout=20000 --user-data-dir="$profile" \
    --window-size="1280,$3" --screenshot="docs/pictures/$1.png" "$ui$2" 2>/dev/null
}

upload sample_data/sensor_data.csv >/dev/null
file=$(upload sample_data/sensor_data_with_errors.csv)
picture files / 720
picture file "/files/$file" 1400
