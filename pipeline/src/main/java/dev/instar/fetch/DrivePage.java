package dev.instar.fetch;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The pages that Google Drive sends instead of a file: large files are not scanned for viruses and
 * must be confirmed, and popular ones run out of their daily quota.
 */
final class DrivePage {
  /** No page of Drive's comes near; the rest is not read. */
  static final int LONGEST = 1 << 20;

  private static final int LONGEST_TITLE = 120;

  private final URI uri;
  private final String html;
  private final List<HtmlTag> tags;

  /**
   * @param uri where the page came from
   * @param html its text
   */
  DrivePage(URI uri, String html) {
    this.uri = uri;
    this.html = html;
    this.tags = HtmlTag.scan(html);
  }

  /**
   * Where the download continues once confirmed, as a person would by a click.
   *
   * @throws FetchException if the page offers no such thing; the message says what it says instead
   */
  URI confirmation() throws FetchException {
    if (isOutOfQuota()) {
      throw outOfQuota();
    }
    Optional<String> link = form().or(this::anchor);
    if (link.isEmpty()) {
      throw new FetchException(
          "Google Drive sent a page instead of the file: " + title().orElse("without a title"));
    }
    URI next = Network.followed(uri, link.get());
    if (!isTrusted(next)) {
      throw new FetchException("Google Drive's page leads to " + next.getHost());
    }
    return next;
  }

  /** Whether it says that too many have fetched the file today. */
  boolean isOutOfQuota() {
    return mentions("quota exceeded") || mentions("too many users have viewed or downloaded");
  }

  static FetchException outOfQuota() {
    return new FetchException(
        "Google Drive's daily quota for this file is used up; try again in 24 hours, or another source");
  }

  /** The form as a link: its action and its hidden fields. */
  private Optional<String> form() {
    for (int i = 0; i < tags.size(); i++) {
      HtmlTag form = tags.get(i);
      if (!form.name().equals("form") || form.get("action").isEmpty()) {
        continue;
      }
      Map<String, String> fields = hiddenFields(i + 1);
      if (form.get("id").startsWith("download") || fields.containsKey("confirm")) {
        return Optional.of(withQuery(form.get("action"), fields));
      }
    }
    return Optional.empty();
  }

  private Map<String, String> hiddenFields(int from) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (HtmlTag tag : tags.subList(from, tags.size())) {
      if (tag.name().equals("/form") || tag.name().equals("form")) {
        break;
      }
      boolean hidden = tag.name().equals("input") && tag.get("type").equalsIgnoreCase("hidden");
      if (hidden && !tag.get("name").isEmpty()) {
        fields.put(tag.get("name"), tag.get("value"));
      }
    }
    return fields;
  }

  private static String withQuery(String action, Map<String, String> fields) {
    StringBuilder link = new StringBuilder(action);
    char separator = action.indexOf('?') < 0 ? '?' : '&';
    for (Map.Entry<String, String> field : fields.entrySet()) {
      link.append(separator)
          .append(encoded(field.getKey()))
          .append('=')
          .append(encoded(field.getValue()));
      separator = '&';
    }
    return link.toString();
  }

  /** The link of older pages. */
  private Optional<String> anchor() {
    return tags.stream()
        .filter(tag -> tag.name().equals("a"))
        .map(tag -> tag.get("href"))
        .filter(href -> href.contains("export=download") && href.contains("confirm="))
        .findFirst();
  }

  private boolean isTrusted(URI next) {
    String host = next.getHost().toLowerCase(Locale.ROOT);
    return host.equalsIgnoreCase(uri.getHost())
        || host.endsWith(".google.com")
        || host.endsWith(".googleusercontent.com");
  }

  private boolean mentions(String words) {
    return html.toLowerCase(Locale.ROOT).contains(words);
  }

  private Optional<String> title() {
    String lower = html.toLowerCase(Locale.ROOT);
    int start = lower.indexOf("<title>");
    int end = start < 0 ? -1 : lower.indexOf("</title>", start);
    if (end < 0) {
      return Optional.empty();
    }
    String title =
        HtmlTag.decoded(html.substring(start + "<title>".length(), end))
            .replaceAll("[\\s\\p{Cntrl}]+", " ")
            .strip();
    return title.isEmpty()
        ? Optional.empty()
        : Optional.of(title.substring(0, Math.min(title.length(), LONGEST_TITLE)));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
