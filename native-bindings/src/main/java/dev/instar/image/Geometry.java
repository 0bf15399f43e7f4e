package dev.instar.image;

/**
 * What a resampling does, apart from the pixels. Pictures of one collection mostly have one size,
 * so resamplers keep the kernels of the last one.
 */
record Geometry(Size source, Box box, Size target, Filter filter) {
  Geometry {
    if (!(box.left() >= 0
        && box.top() >= 0
        && box.right() <= source.width()
        && box.bottom() <= source.height())) {
      throw new IllegalArgumentException(box + " leaves the source of " + source + " pixels");
    }
  }

  Kernel columns() {
    return Kernel.of(filter, box.left(), box.right(), source.width(), target.width());
  }

  Kernel rows() {
    return Kernel.of(filter, box.top(), box.bottom(), source.height(), target.height());
  }
}
