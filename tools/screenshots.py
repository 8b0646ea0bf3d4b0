"""Takes the pictures of the documentation from a running system: `.venv/bin/python tools/screenshots.py`.

Needs Debian's Chromium and a system that is up with at least one settled document (`credmate demo` on a terminal).
"""

import argparse
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "images"
SETTLED_MS = 9000
RUN_MS = 40_000
OVERSIGHT = ("reconciliation", "review_queue")
"""Assets that are materialized for their picture."""


def main() -> None:
    parser = argparse.ArgumentParser(description="Take the documentation's pictures.")
    parser.add_argument("document", help="id of a settled document")
    parser.add_argument("--url", default="http://127.0.0.1:3000")
    arguments = parser.parse_args()
    views = {
        "asset-graph": "/locations/__repository__@credmate_pipeline/asset-groups/journey/lineage",
        "document": f"/assets/validation?view=partitions&partition={arguments.document}",
    }
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        page = browser.new_page(viewport={"width": 1900, "height": 900})
        for name, path in views.items():
            take(page, f"{arguments.url}{path}", PICTURES / f"{name}.png")
        for asset in OVERSIGHT:
            materialize(page, f"{arguments.url}/assets/{asset}")
            take(page, f"{arguments.url}/assets/{asset}", PICTURES / f"{asset.replace('_', '-')}.png")
        browser.close()


def materialize(page: Page, address: str) -> None:
    """As an analyst does by hand; returns when the run has had its time."""
    page.goto(address, wait_until="load", timeout=60_000)
    page.get_by_role("button", name="Materialize").first.click()
    page.get_by_text("Launched run").wait_for()
    page.wait_for_timeout(RUN_MS)


def take(page: Page, address: str, picture: Path) -> None:
    """The page at `address`, once it has stopped moving."""
    page.goto(address, wait_until="load", timeout=60_000)
    page.wait_for_timeout(SETTLED_MS)
    page.screenshot(path=picture)
    print(picture)


if __name__ == "__main__":
    main()
