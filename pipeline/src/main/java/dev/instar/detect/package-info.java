/** Detectors of insects: one that looks for contrast and needs no weights, and DETR. */
package dev.instar.detect;
