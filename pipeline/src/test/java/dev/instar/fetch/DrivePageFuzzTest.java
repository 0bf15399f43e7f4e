package dev.instar.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever a page says: it leads to Google over https, or a sentence says why it does not. */
final class DrivePageFuzzTest {
  private static final URI PAGE = URI.create("https://drive.google.com/uc?export=download&id=x");

  private static final String SEED =
      "<title>a &amp; b</title><a href=\"/uc?export=download&amp;confirm=Q&amp;id=1\">x</a>"
          + "<form id=download-form action='https://drive.usercontent.google.com/download'>"
          + "<input type=hidden name=\"confirm\" value='t'><input TYPE=\"hidden\" name=uuid value=\"&#x41;&#66;\"></form>";

  @FuzzTest
  void leadsToGoogleOrSaysWhyNot(byte[] page) {
    confirm(new String(page, StandardCharsets.UTF_8));
  }

  @Test
  void leadsToGoogleOrSaysWhyNotForDamagedPages() {
    SplittableRandom random = new SplittableRandom(11);
    String alphabet = "<>\"'=&;#/ \n-?:@.\0aZ09xé\uD800";
    int refused = 0;
    for (int round = 0; round < 5000; round++) {
      StringBuilder page = new StringBuilder(SEED);
      for (int edits = random.nextInt(1, 6); edits > 0 && page.length() > 1; edits--) {
        int at = random.nextInt(page.length());
        switch (random.nextInt(3)) {
          case 0 -> page.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
          case 1 -> page.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
          default -> page.delete(at, Math.min(page.length(), at + random.nextInt(1, 9)));
        }
      }
      refused += confirm(page.toString()) ? 0 : 1;
    }
    assertThat(refused).isBetween(20, 4999);
  }

  @Test
  void theSeedLeadsOn() {
    assertThat(confirm(SEED)).isTrue();
  }

  @Test
  void readsAPageOfNothingButBeginningsToItsEnd() {
    assertThat(HtmlTag.scan("<a ".repeat(300_000))).isNotEmpty();
    assertThat(HtmlTag.scan("<a b='".repeat(100_000))).isNotEmpty();
    assertThat(HtmlTag.scan("<".repeat(1_000_000))).isEmpty();
    assertThat(HtmlTag.decoded("&".repeat(1_000_000))).hasSize(1_000_000);
  }

  private static boolean confirm(String html) {
    try {
      URI next = new DrivePage(PAGE, html).confirmation();
      assertThat(next.getScheme()).isEqualTo("https");
      assertThat(next.getHost().toLowerCase(Locale.ROOT)).endsWith(".google.com");
      return true;
    } catch (FetchException e) {
      assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
      return false;
    }
  }
}
