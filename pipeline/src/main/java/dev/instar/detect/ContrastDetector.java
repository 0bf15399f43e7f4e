package dev.instar.detect;

import dev.instar.crop.BoundingBox;
import dev.instar.crop.Detection;
import dev.instar.crop.Detector;
import dev.instar.crop.Observation;
import dev.instar.crop.Photograph;
import dev.instar.crop.PhotographReader;
import dev.instar.image.InputException;
import dev.instar.image.PixelBuffer;
import dev.instar.image.Size;
import java.util.List;
import java.util.Optional;

/**
 * Finds specimens as what is darker or warmer than the well around them; needs no weights of
 * others.
 *
 * <p>It looks at about 320 x 240 pixels, of a photograph that is decoded at 1/8 where that leaves
 * so many: the contrast to a wide median in CIELAB, the connected components of it at eleven
 * levels, and a linear score of each that was fitted to 585 photographs of wells. A photograph's
 * score is the probability that it has a specimen. Where that is low there is no box.
 *
 * <p>Owns its buffers, about 10 MB; not thread-safe.
 */
public final class ContrastDetector implements Detector {
  private final PhotographReader reader = new PhotographReader();
  private final SmallPicture small = new SmallPicture(320 * 240, true);
  private final ContrastMap map = new ContrastMap();
  private final ComponentTree tree = new ComponentTree();
  private final CandidateFeatures features = new CandidateFeatures();
  private final QualityFilter quality = new QualityFilter();
  private final ContrastModel model = ContrastModel.embedded();

  @Override
  public Observation detect(Photograph photograph) throws InputException {
    PixelBuffer picture = reader.reduced(photograph, QualityFilter.SHORTER_SIDE);
    List<Candidate> candidates = candidates(picture, photograph.size());
    double[] scores = candidates.stream().mapToDouble(model::score).toArray();
    List<Detection> found = new Specimens(candidates, scores).boxes(model.threshold());
    return new Observation(
        photograph.size(), found, Optional.of(quality.judge(picture, photograph.size(), found)));
  }

  /** What may be a specimen, for fitting the weights anew. */
  public List<Candidate> candidates(Photograph photograph) throws InputException {
    return candidates(reader.reduced(photograph, QualityFilter.SHORTER_SIDE), photograph.size());
  }

  private List<Candidate> candidates(PixelBuffer picture, Size photograph) {
    small.take(picture);
    map.take(small);
    features.take(map);
    float across = (float) photograph.width() / map.width();
    float down = (float) photograph.height() / map.height();
    return tree.of(map).stream()
        .map(
            component ->
                new Candidate(
                    new BoundingBox(
                        component.left * across,
                        component.top * down,
                        component.right * across,
                        component.bottom * down),
                    features.of(component)))
        .toList();
  }

  @Override
  public void close() {
    reader.close();
    small.close();
    quality.close();
  }
}
