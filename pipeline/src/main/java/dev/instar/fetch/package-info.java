/**
 * Downloads of the published files and of pretrained weights: they resume, are verified, and appear
 * under their name only when whole.
 */
package dev.instar.fetch;
