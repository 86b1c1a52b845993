#!/usr/bin/env bash
# For any CI. `ci.sh test` pages into #ci when the tests fail, `ci.sh deploy` tells #deploys what is live.
# Webhooks: DISCORD_PAGER_WEBHOOK_CI and DISCORD_PAGER_WEBHOOK_DEPLOYS.
set -euo pipefail

branch=${BRANCH:-main}
run_url=${RUN_URL:-https://ci.example.com/runs/4711}

# --no: where the package is not installed, npx must not fetch another one that has this command's name.
# A page that could not be sent is told in the log and changes nothing about the job.
page() {
  npx --no -- discord-pager send "$@" --field "branch=$branch" --url "$run_url" || echo 'ci.sh: no page was sent' >&2
}

case ${1:-} in
  test)
    log=$(mktemp)
    trap 'rm -f "$log"' EXIT
    npm test 2>&1 | tee "$log" && exit 0
    tail -n 40 "$log" | page --title "tests failed on $branch" --channel ci --message -
    exit 1
    ;;
  deploy)
    npm run deploy
    page --title "deployed $branch to production" --channel deploys --priority P3
    ;;
  *)
    echo 'usage: ci.sh test|deploy' >&2
    exit 2
    ;;
esac
