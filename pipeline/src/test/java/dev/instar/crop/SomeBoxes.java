package dev.instar.crop;

import dev.instar.image.Size;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;

/** Records of photographs with names of all kinds, none twice. */
final class SomeBoxes implements ArbitrarySupplier<List<BoxRecord>> {
  private static final String ODD = "ab ,\"'\t\n\r;=#\\\u00e4\u4e2d{}[]\u2028.";

  @Override
  public Arbitrary<List<BoxRecord>> get() {
    Arbitrary<String> names =
        Arbitraries.strings()
            .withChars(ODD.toCharArray())
            .ofMinLength(1)
            .ofMaxLength(12)
            .filter(name -> !name.isBlank());
    Arbitrary<Float> corners =
        Arbitraries.oneOf(
            Arbitraries.integers().between(-4000, 40000).map(n -> n / 4f),
            Arbitraries.integers().between(-1 << 20, 1 << 24).map(n -> n / 5001f),
            Arbitraries.integers().between(0, 1 << 24).map(n -> n * 1e-4f));
    Arbitrary<BoundingBox> boxes =
        Combinators.combine(corners, corners, corners, corners)
            .as(
                (a, b, c, d) ->
                    new BoundingBox(
                        Math.min(a, b), Math.min(c, d), Math.max(a, b), Math.max(c, d)));
    Arbitrary<Float> shares = Arbitraries.integers().between(0, 999_983).map(n -> n / 999_983f);
    Arbitrary<List<Detection>> detections =
        Combinators.combine(boxes, shares).as(Detection::new).list().ofMaxSize(4);
    Arbitrary<Optional<Size>> sizes =
        Combinators.combine(
                Arbitraries.integers().between(1, 5000), Arbitraries.integers().between(1, 5000))
            .as(Size::new)
            .optional();
    Arbitrary<Optional<QualityScores>> quality =
        Combinators.combine(shares, shares, shares, shares, corners.map(Math::abs))
            .as(QualityScores::new)
            .optional();
    Arbitrary<BoxRecord> records =
        Combinators.combine(
                names, sizes, detections, Arbitraries.of(Quality.class).optional(), quality)
            .as(
                (name, size, found, verdict, scores) ->
                    new BoxRecord(
                        name,
                        size,
                        found,
                        !found.isEmpty(),
                        verdict.or(() -> scores.map(QualityScores::verdict)),
                        scores));
    return records.list().ofMinSize(1).ofMaxSize(6).uniqueElements(BoxRecord::name);
  }
}
