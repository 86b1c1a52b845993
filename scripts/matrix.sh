#!/usr/bin/env bash
# The whole test suite on every supported line of Node, or on those named: npm run matrix -- 22 24
# Applications in the tests run on the same Node as the suite.
set -uo pipefail
cd "$(dirname "$0")/.."

versions=("$@")
[ ${#versions[@]} -eq 0 ] && versions=(20 22 24 26)
npm run build || exit 1
failed=()
for version in "${versions[@]}"; do
  printf '\n== Node %s (%s)\n' "$version" "$(npx -y "node@$version" --version)"
  npx -y "node@$version" node_modules/vitest/vitest.mjs run || failed+=("$version")
done
if [ ${#failed[@]} -gt 0 ]; then
  echo "failed on Node: ${failed[*]}"
  exit 1
fi
