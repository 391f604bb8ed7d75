"""What a test does on the reading page, in a reader's terms."""

from playwright.sync_api import Locator, Page

SELECT = """([exact, backwards]) => {
  const body = document.querySelector("[data-article-body]");
  const at = body.textContent.indexOf(exact);
  if (at < 0) throw new Error("not in the text: " + exact);
  const place = (offset) => {
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    let node, passed = 0;
    while ((node = walker.nextNode())) {
      if (offset <= passed + node.length) return [node, offset - passed];
      passed += node.length;
    }
  };
  const [from, to] = [place(at), place(at + exact.length)];
  const selection = getSelection();
  if (backwards) selection.setBaseAndExtent(...to, ...from);
  else selection.setBaseAndExtent(...from, ...to);
  from[0].parentElement.scrollIntoView({ block: "center" });
}"""


class ReadingPage:
    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.site = address.partition("/articles/")[0]

    def open(self, *, scripts: bool = True) -> None:
        self.page.goto(self.address)
        if scripts:
            self.wait_for_scripts()

    def reload(self) -> None:
        self.page.reload()
        self.wait_for_scripts()

    def wait_for_scripts(self) -> None:
        self.page.locator(".sheet-opener").wait_for(state="attached")

    def select(self, exact: str, *, backwards: bool = False) -> None:
        """Select words of the text, as a mouse or a finger does."""
        self.page.evaluate(SELECT, [exact, backwards])

    def selected(self) -> str:
        words: str = self.page.evaluate("getSelection().toString()")
        return words

    def wait_for_selection(self) -> None:
        self.wait_until("!getSelection().isCollapsed")

    def wait_until(self, expression: str) -> None:
        """Playwright's own waiting evaluates a string in the page once it has to wait, which the CSP forbids."""
        for _ in range(500):
            if self.page.evaluate(expression):
                return
            self.page.wait_for_timeout(20)
        raise TimeoutError(f"not so after ten seconds: {expression}")

    def selection_box(self) -> dict[str, float]:
        box: dict[str, float] = self.page.evaluate("getSelection().getRangeAt(0).getBoundingClientRect().toJSON()")
        return box

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def text(self) -> str:
        found: str = self.page.evaluate("document.querySelector('[data-article-body]').textContent")
        return found

    def marked(self, highlight_id: int) -> str:
        """The words under one highlight's marks."""
        return "".join(self.page.locator(f'mark[data-highlight~="{highlight_id}"]').all_text_contents())

    @property
    def bar(self) -> Locator:
        return self.page.locator("selection-bar")

    @property
    def composer(self) -> Locator:
        return self.page.locator("#composer .composer")

    def field(self, label: str) -> Locator:
        return self.composer.get_by_label(label)

    @property
    def cards(self) -> Locator:
        return self.page.locator("#cards > .card")

    @property
    def announced(self) -> Locator:
        """What screen readers were told last."""
        return self.page.locator("body > [role=status].visually-hidden")

    @property
    def toast(self) -> Locator:
        return self.page.locator("#toasts .toast")


class QueuePage:
    """A list that is worked through with the keyboard: the desk's queues, and what looks like predictions."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def line(self, words: str) -> Locator:
        return self.page.locator(".desk-row", has_text=words)

    @property
    def current(self) -> Locator:
        return self.page.locator("[data-current]")

    @property
    def said(self) -> Locator:
        return self.page.locator("#toasts .toast").last
