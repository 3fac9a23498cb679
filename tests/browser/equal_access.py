"""IBM's equal-access engine: it asks for names of landmarks, forms and rows; axe-core does not."""

from playwright.sync_api import Page

from tests.run import ROOT

ENGINE = ROOT / "tests/tools/node_modules/accessibility-checker-engine/ace-window.js"
# What is surely wrong. It also lists what somebody should look at, which no test can judge.
# What is folded is opened for it: it takes a field in there for seen, and its label for hidden.
FAULTS = """async () => {
  const folded = [...document.querySelectorAll("details:not([open])")];
  folded.forEach((one) => { one.open = true; });
  const { results } = await new ace_ibma.Checker().check(document, ["IBM_Accessibility"]);
  folded.forEach((one) => { one.open = false; });
  return results
    .filter(({ value: [kind, verdict] }) => kind === "VIOLATION" && verdict === "FAIL")
    .map(({ ruleId, message, snippet }) => `${ruleId}: ${message} ${snippet}`);
}"""
# What it says of right HTML.
MISTAKEN = (
    # It does not know "webauthn", which HTML has in its list since 2023.
    'autocomplete="username webauthn"',
)


def equal_access_faults(page: Page, *, known: tuple[str, ...] = ()) -> list[str]:
    """What the engine finds, a line each, but for elements that hold one of `known`."""
    page.evaluate(ENGINE.read_text())
    excused = (*known, *MISTAKEN)
    return [line for line in page.evaluate(FAULTS) if not any(part in line for part in excused)]
