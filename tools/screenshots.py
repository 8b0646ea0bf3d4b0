"""Takes the pictures of the documentation from a running system: `.venv/bin/python tools/screenshots.py`.

Needs Debian's Chromium and a system that is up with at least one settled document (`credmate demo` on a terminal).
"""

import argparse
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "images"
SETTLED_MS = 4000


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
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        for name, path in views.items():
            take(page, f"{arguments.url}{path}", PICTURES / f"{name}.png")
        browser.close()


def take(page: Page, address: str, picture: Path) -> None:
    """The page at `address`, once it has stopped moving."""
    page.goto(address, wait_until="load", timeout=60_000)
    page.wait_for_timeout(SETTLED_MS)
    page.screenshot(path=picture)
    print(picture)


if __name__ == "__main__":
    main()
