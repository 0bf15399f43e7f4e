package dev.instar.crop;

/**
 * How likely each {@link Quality} of a photograph is: four numbers from 0 to 1 that add up to 1.
 *
 * @param focus the focus measure that the judgement rests on; larger is sharper
 */
public record QualityScores(float valid, float empty, float blurry, float fragmented, float focus) {
  /** The score of one quality. */
  public float of(Quality quality) {
    return switch (quality) {
      case VALID -> valid;
      case EMPTY -> empty;
      case BLURRY -> blurry;
      case FRAGMENTED -> fragmented;
    };
  }

  /** The likeliest quality; of equal ones the first. */
  public Quality verdict() {
    Quality likeliest = Quality.VALID;
    for (Quality quality : Quality.values()) {
      if (of(quality) > of(likeliest)) {
        likeliest = quality;
      }
    }
    return likeliest;
  }
}
