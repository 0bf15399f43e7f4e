package dev.instar.image;

import java.util.Optional;

/**
 * What pictures are decoded and resampled with.
 *
 * @param name of the JPEG library
 * @param version of the JPEG library
 * @param resampling the instructions that resampling uses: {@code AVX2}, {@code scalar}, or {@code
 *     Java}
 * @param reasonForFallback why this is not the native core, and what would mend it; empty where it
 *     is
 */
public record CodecReport(
    String name, String version, String resampling, Optional<String> reasonForFallback) {}
