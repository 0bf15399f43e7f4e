package dev.instar.model;

import dev.instar.image.Normalisation;

/**
 * A kind of network that can be made by name.
 *
 * @param name as in torchvision or timm
 * @param parameters with 1,000 classes
 * @param inputSide of the pictures that its published weights were trained with, in pixels
 * @param normalisation that its published weights were trained with
 * @param head the name of the classifier's parameters without {@code .weight}
 * @param weights where published weights come from, in words
 */
public record Architecture(
    String name,
    long parameters,
    int inputSide,
    Normalisation normalisation,
    String head,
    String weights) {}
