/** Training of DETR detectors: matching, losses, augmentation, the loop and its run folder. */
package dev.instar.train.detection;
