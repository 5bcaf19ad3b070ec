#!/bin/sh
# Licences of all sources that end in a period, the first page, as the API answers: JSON. With curl:
#
#   SEATWISE_URL=http://127.0.0.1:4000 SEATWISE_TOKEN=swt_… sh tests/examples/ending-licences.sh 2026-01-01 2026-12-31
#
# The token is made on the page Profile; what it may see decides what is listed.
set -eu

body=$(cat <<JSON
{
  "query": "query EndingLicenses(\$from: Date!, \$to: Date!) { unifiedLicenses(filter: { expirationDate: { gte: \$from, lte: \$to } }, orderBy: { field: EXPIRATION_DATE }, first: 200) { nodes { id source ownerName productSlug expirationDate quantity } pageInfo { hasNextPage endCursor } } }",
  "variables": { "from": "${1:-2026-01-01}", "to": "${2:-2026-12-31}" }
}
JSON
)

# --fail-with-body: a refusal ends with its reason and with an exit code.
curl --silent --show-error --fail-with-body "${SEATWISE_URL:-http://127.0.0.1:4000}/graphql" \
  --header 'content-type: application/json' \
  --header 'accept: application/graphql-response+json' \
  --header "authorization: Bearer ${SEATWISE_TOKEN:?make one on the page Profile}" \
  --data "$body"
