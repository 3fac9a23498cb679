"""IBM's equal-access engine: it asks for names of landmarks, forms and rows; axe-core does not."""

from playwright.sync_api import Page

from tests.browser.engines import bring
from tests.run import ROOT

ENGINE = ROOT / "tests/tools/node_modules/accessibility-checker-engine/ace-window.js"
# Keeps of IBM's policy the rules that can find something surely wrong, which are a third of its
# work. It also lists what somebody should look at, which no test can judge: the other rules say
# nothing else. A rule that says "fail" makes a RuleFail; one does so for nothing but spacing that a
# style attribute calls important, and one for nothing but what a style sheet turns on a screen that
# is held upright: for each element without words, it goes through the whole rest of the page. What
# a rule depends on is kept with it.
SURE_RULES = """() => {
  const checker = new ace_ibma.Checker();
  const rule = (id) => checker.engine.getRule(id);
  const asksOrientation = (rules) => [...rules].some(({ conditionText, cssRules }) =>
    conditionText?.includes("orientation") || (cssRules && asksOrientation(cssRules)));
  const isWanted = {
    text_spacing_valid: () => document.querySelector('[style*="important"]'),
    element_orientation_unlocked: () =>
      [...document.styleSheets].some((sheet) => asksOrientation(sheet.cssRules)),
  };
  const canFail = ({ id, level }) => level === "VIOLATION" && /RuleFail/.test(rule(id).run)
    && (!(id in isWanted) || isWanted[id]());
  const kept = new Set();
  const keep = (id) => {
    if (kept.has(id)) return;
    kept.add(id);
    rule(id).dependencies?.forEach(keep);
  };
  const policy = checker.getGuidelines().find(({ id }) => id === "IBM_Accessibility");
  policy.checkpoints.flatMap(({ rules }) => rules).filter(canFail).forEach(({ id }) => keep(id));
  policy.checkpoints.forEach((one) => {
    one.rules = one.rules.filter(({ id }) => kept.has(id));
  });
  checker.addGuideline(policy);
  window.checker = checker;
  return kept.size;
}"""
# What is surely wrong. What is folded is opened for it: it takes a field in there for seen, and its
# label for hidden.
FAULTS = """async () => {
  const folded = [...document.querySelectorAll("details:not([open])")];
  folded.forEach((one) => { one.open = true; });
  const { results } = await window.checker.check(document, ["IBM_Accessibility"]);
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
    bring(page, "ace_ibma", ENGINE.read_text())
    assert page.evaluate(SURE_RULES) > 80  # of 162: none, if the engine were written otherwise
    excused = (*known, *MISTAKEN)
    return [line for line in page.evaluate(FAULTS) if not any(part in line for part in excused)]
