"""What is wrong with a page as people see it: on a phone and a desktop, light and dark."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()
OPTIONS = {
    "resultTypes": ["violations"],
    # The rule for the size of targets is off in axe-core unless asked for.
    "rules": {"target-size": {"enabled": True}},
}


def problems_of(page: Page) -> list[str]:
    """Return what axe-core finds on the open page in any look, and in which it is wider than the screen."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    found = []
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found.append(f"{page.url} is wider than {width} px")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            rules = page.evaluate("options => axe.run(options)", OPTIONS)["violations"]
            found += [
                f"{page.url} at {width} px, {scheme}: {rule['id']}: {node['html'][:200]}"
                for rule in rules
                for node in rule["nodes"]
            ]
    return found
