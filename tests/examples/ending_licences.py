"""Licences of all sources that end in a period, page by page, as CSV. Python 3.9 and its standard library:

    SEATWISE_URL=http://127.0.0.1:4000 SEATWISE_TOKEN=swt_... python3 tests/examples/ending_licences.py 2026-01-01 2026-12-31

The token is made on the page Profile; what it may see decides what is listed.
"""

import csv
import json
import os
import sys
import time
import urllib.error
import urllib.request
from typing import Any, Dict, Iterator, List, Optional, TypedDict

PAGE = 200
TRIES = 4

QUERY = """
  query EndingLicenses($from: Date!, $to: Date!, $first: Int!, $after: String) {
    unifiedLicenses(
      filter: { expirationDate: { gte: $from, lte: $to } }
      orderBy: { field: EXPIRATION_DATE }
      first: $first
      after: $after
    ) {
      nodes { id source ownerName productSlug expirationDate quantity }
      pageInfo { hasNextPage endCursor }
    }
  }
"""


class EndingLicense(TypedDict):
    """What the query asks of a licence; descriptions and nulls are as in the API docs."""

    id: str
    source: str
    ownerName: Optional[str]
    productSlug: Optional[str]
    expirationDate: Optional[str]
    quantity: int


class ApiError(Exception):
    """An error of the API, with the id that finds the request in the server's log."""


def ask(query: str, variables: Dict[str, Any], tries: int = TRIES) -> Dict[str, Any]:
    """One request. Waits and tries again when the server asks for it."""
    request = urllib.request.Request(
        os.environ.get("SEATWISE_URL", "http://127.0.0.1:4000") + "/graphql",
        data=json.dumps({"query": query, "variables": variables}).encode(),
        headers={"content-type": "application/json", "authorization": "Bearer " + os.environ.get("SEATWISE_TOKEN", "")},
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            answer = json.load(response)
    except urllib.error.HTTPError as refusal:
        answer = json.load(refusal)
    errors: List[Dict[str, Any]] = answer.get("errors", [])
    if not errors:
        return answer["data"]
    extensions = errors[0]["extensions"]
    if "retryAfter" in extensions and tries > 1:
        time.sleep(extensions["retryAfter"])
        return ask(query, variables, tries - 1)
    raise ApiError(f"{extensions['code']}: {errors[0]['message']} (request {extensions['requestId']})")


def ending_licences(first_day: str, last_day: str) -> Iterator[EndingLicense]:
    """All of them, whatever the number of pages."""
    after: Optional[str] = None
    while True:
        page = ask(QUERY, {"from": first_day, "to": last_day, "first": PAGE, "after": after})["unifiedLicenses"]
        yield from page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            return
        after = page["pageInfo"]["endCursor"]


def main(first_day: str = "2026-01-01", last_day: str = "2026-12-31") -> int:
    """Writes the rows; 1 when the API refuses."""
    rows = csv.writer(sys.stdout, lineterminator="\n")
    rows.writerow(["id", "source", "owner", "product", "ends", "seats"])
    try:
        for row in ending_licences(first_day, last_day):
            rows.writerow([row["id"], row["source"], row["ownerName"], row["productSlug"], row["expirationDate"], row["quantity"]])
    except ApiError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
