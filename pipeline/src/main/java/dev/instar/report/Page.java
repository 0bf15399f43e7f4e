package dev.instar.report;

/** What all pages with charts begin and end with. */
final class Page {
  private Page() {}

  /** Everything to the first section; the style sheets are inside. */
  static void begin(Html html, String title, String lead) {
    begin(html, title, lead, "", "");
  }

  /**
   * As above, for a page that needs more.
   *
   * @param sources directives of a Content-Security-Policy, each with its end
   * @param style CSS beside that of all pages
   */
  static void begin(Html html, String title, String lead, String sources, String style) {
    html.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    // Nothing on this page may run or be fetched, even if a name found a way through.
    html.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ");
    html.raw(sources).raw("style-src 'unsafe-inline'\">\n");
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.raw("<meta name=\"color-scheme\" content=\"light dark\">\n");
    html.element("title", "", title).raw("\n<style>\n");
    html.raw(Resource.text("contact-sheet.css") + Resource.text("charts.css") + style);
    html.raw("</style>\n</head>\n<body>\n<header>").element("h1", "", title);
    html.element("p", "", lead).raw("</header>\n<main>\n");
  }

  /** One figure of a list of them. */
  static void figure(Html html, String label, String value) {
    html.raw("<div>").element("dt", "", label).element("dd", "", value).raw("</div>");
  }

  static void end(Html html) {
    html.raw("</main>\n</body>\n</html>\n");
  }
}
