package dev.instar.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Header fields and addresses as servers write them. */
final class HttpFieldsTest {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);

  @Test
  void aRangeIsReadOnlyIfItMakesSense() {
    assertThat(ContentRange.parse("bytes 5-9/10")).contains(new ContentRange(5, 9, 10));
    assertThat(ContentRange.parse("bytes 5-9/*")).contains(new ContentRange(5, 9, -1));
    for (String wrong :
        new String[] {
          "bytes 9-5/10",
          "bytes 5-10/10",
          "bytes */10",
          "bytes -5-9/10",
          "5-9/10",
          "bytes 1-2/9999999999999999999"
        }) {
      assertThat(ContentRange.parse(wrong)).as(wrong).isEmpty();
    }
    assertThat(ContentRange.unsatisfied("bytes */10")).contains(10L);
    assertThat(ContentRange.unsatisfied("bytes 1-2/10")).isEmpty();
  }

  @Test
  void retryAfterIsReadInBothItsForms() {
    assertThat(Backoff.retryAfter(" 120 ", NOON)).contains(Duration.ofMinutes(2));
    assertThat(Backoff.retryAfter("Mon, 23 Nov 2026 12:00:30 GMT", NOON))
        .contains(Duration.ofSeconds(30));
    assertThat(Backoff.retryAfter("Mon, 23 Nov 2026 11:00:00 GMT", NOON)).contains(Duration.ZERO);
    assertThat(Backoff.retryAfter("soon", NOON)).isEmpty();
    assertThat(Backoff.retryAfter("-1", NOON)).isEmpty();
  }

  @Property
  void waitsDoubleUpToTheLongestWithJitter(@ForAll @IntRange(min = 1, max = 1000) int failures) {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));
    double full = Math.min(60, Math.pow(2, failures - 1));

    assertThat(backoff.delay(failures).toNanos() / 1e9).isBetween(full / 2, full);
  }

  @Test
  void onlyAStrongTagOrADateIsACondition() {
    assertThat(new Validator("\"a\"", "date").ifRange()).contains("\"a\"");
    assertThat(new Validator("W/\"a\"", "date").ifRange()).contains("date");
    assertThat(new Validator("W/\"a\"", "").ifRange()).isEqualTo(Optional.empty());
    assertThat(new Validator("\"a\"", "").contradicts(new Validator("\"b\"", ""))).isTrue();
    assertThat(new Validator("\"a\"", "x").contradicts(new Validator("\"a\"", "y"))).isFalse();
    assertThat(new Validator("", "x").contradicts(new Validator("\"b\"", "y"))).isTrue();
    assertThat(new Validator("", "").contradicts(new Validator("\"b\"", "y"))).isFalse();
  }

  @Test
  void aRedirectNeverLeavesEncryption() throws FetchException {
    URI from = URI.create("https://a.example/x/y?z");
    assertThat(Network.followed(from, "../w")).isEqualTo(URI.create("https://a.example/w"));
    assertThat(Network.followed(from, "//b.example/w"))
        .isEqualTo(URI.create("https://b.example/w"));
    assertThat(Network.followed(URI.create("http://a.example"), "https://b.example/w"))
        .isEqualTo(URI.create("https://b.example/w"));
    for (String wrong :
        new String[] {
          "http://b.example/", "file:///etc/passwd", "ftp://b.example/", "https:", "https:///", "%"
        }) {
      assertThatThrownBy(() -> Network.followed(from, wrong))
          .as(wrong)
          .isInstanceOf(FetchException.class);
    }
  }

  @Test
  void anOriginIsSchemeHostAndPort() {
    assertThat(Network.origin(URI.create("HTTPS://HuggingFace.co:443/x")))
        .isEqualTo("https://huggingface.co");
    assertThat(Network.origin(URI.create("https://huggingface.co.evil.example/")))
        .isNotEqualTo("https://huggingface.co");
    assertThat(Network.origin(URI.create("https://huggingface.co@evil.example/")))
        .isEqualTo("https://evil.example");
    assertThat(Network.origin(URI.create("http://huggingface.co/")))
        .isNotEqualTo("https://huggingface.co");
    assertThat(Network.origin(URI.create("https://huggingface.co:8443/")))
        .isNotEqualTo("https://huggingface.co");
  }

  @Test
  void sizesAndTimesReadWell() {
    assertThat(Amount.bytes(999)).isEqualTo("999 bytes");
    assertThat(Amount.bytes(7_171_212_982L)).isEqualTo("7.17 GB");
    assertThat(Amount.bytes(999_600)).isEqualTo("1.00 MB");
    assertThat(Amount.bytes(46_800_000)).isEqualTo("46.8 MB");
    assertThat(Amount.seconds(59.4)).isEqualTo("59s");
    assertThat(Amount.seconds(187)).isEqualTo("3m07s");
    assertThat(Amount.seconds(7500)).isEqualTo("2h05m");
  }
}
