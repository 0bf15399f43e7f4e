package dev.instar.crop;

import dev.instar.image.Size;
import java.util.List;
import java.util.Optional;

/**
 * What a box file says of one photograph.
 *
 * @param name the photograph's name, {@code /} between folders
 * @param drawnOn the size of the picture that the boxes are in pixels of, where the file states it
 * @param detections by falling score; a box without a score has 1
 * @param verdict the quality, as a label or a judgement; absent where the file states none or one
 *     that this program does not know, such as {@code unlabelled}
 */
public record BoxRecord(
    String name, Optional<Size> drawnOn, List<Detection> detections, Optional<Quality> verdict) {}
